"use strict";

// For WinDbg: .scriptload kcallbacks.js, with the kcallbacks extension loaded. Adds !callbackreport, what dx cannot print:
// the threads grouped by what they hang in, largest group first. Returns its lines, so that it can be used in dx, too.

function initializeScript()
{
    return [
        new host.apiVersionSupport(1, 3),
        new host.functionAlias(callbackReport, "callbackreport"),
    ];
}

// The debugger's JavaScript is that of 2015 with a little more: no ?? and no ?. here.

/** Threads inside kernel-to-user callbacks, as objects of the debugger. */
function callbackThreads(process)
{
    const threads = process.KernelCallbacks;
    if (threads === undefined)
        throw new Error("The kcallbacks extension is not loaded. Load it with .load kcallbacks, or install it.");
    return threads;
}

/** A property's value; the other text where it has none. */
function valueOr(value, other)
{
    return value === undefined || value === null || value === "" ? other : value;
}

/** What makes threads one group. */
function describe(thread)
{
    if (thread.Verdict === "unknown")
        return "unknown: " + thread.Reason;
    const routine = valueOr(thread.Routine, "routine not known") + " " + valueOr(thread.Message, "");
    return thread.Verdict + ", depth " + thread.Depth + ", " + routine.trim() + ", waiting in " + valueOr(thread.BlockedIn, "(not known)");
}

/** The lines of the report on a process; without one, on the current process. */
function callbackReport(process)
{
    const groups = new Map();
    for (const thread of callbackThreads(valueOr(process, host.currentProcess)))
    {
        const name = describe(thread);
        if (!groups.has(name))
            groups.set(name, []);
        groups.get(name).push(thread.Id.toString(16));
    }

    if (groups.size === 0)
        return ["No thread is inside a kernel-to-user callback."];
    return Array.from(groups)
        .sort((left, right) => right[1].length - left[1].length)
        .map(group => group[1].length + " x " + group[0] + ": " + group[1].join(" "));
}
