"use strict";

// For WinDbg. Installed with the package it loads by itself when one of its functions is called; else: .scriptload kcallbacks.js, with the
// kcallbacks extension loaded.
//   dx @$waitgraph()          who waits for whom, as a graph, which dx cannot draw: "Graph" above the result shows it
//   dx @$callbackreport()     what hangs, who must let go, and the threads in callbacks, a line each

function initializeScript()
{
    return [
        new host.apiVersionSupport(1, 3),
        new host.functionAlias(waitGraph, "waitgraph"),
        new host.functionAlias(callbackReport, "callbackreport"),
    ];
}

// The debugger's JavaScript is that of 2015 with a little more: no ?? and no ?. here.

/** The threads of a process, as objects of the debugger; without a process, of the current one. */
function callbacksOf(process)
{
    const threads = valueOr(process, host.currentProcess).KernelCallbacks;
    if (threads === undefined)
        throw new Error("The kcallbacks extension is not loaded. Load it with .load kcallbacks, or install it.");
    return threads;
}

/** A property's value; the other text where it has none. */
function valueOr(value, other)
{
    return value === undefined || value === null || value === "" ? other : value;
}

/** An edge of the graph: a thread waits for another. The names are those that the debugger's graph view asks for. */
class WaitEdge
{
    constructor(source, target, wait)
    {
        this.graphEdgeSource = source;
        this.graphEdgeTarget = target;
        this.graphEdgeDescription = wait.Proof === "certain" ? wait.Object : wait.Object + " (" + wait.Proof + ")";
        this.graphEdgeIsDirectional = true;
    }

    toString()
    {
        return this.graphEdgeSource.toString(16) + " -> " + this.graphEdgeTarget.toString(16) + ", " + this.graphEdgeDescription;
    }
}

/** A node of the graph: a thread, with the edges that leave it. */
class WaitNode
{
    constructor(id, thread)
    {
        this.graphNodeId = id;
        this.graphNodeObject = thread;
        this.graphNodeEdges = [];
    }

    get graphNodeDescription()
    {
        const thread = this.graphNodeObject;
        if (thread === undefined || thread === null)
            return this.graphNodeId.toString(16) + " (another process, or gone)";
        const code = valueOr(thread.Message, "") + " " + valueOr(thread.Handler, valueOr(thread.ProgramFunction, ""));
        return (this.graphNodeId.toString(16) + " " + code.trim()).trim();
    }

    toString()
    {
        return this.graphNodeDescription;
    }
}

/** The graph of a process: an iterable of its nodes, which the debugger's graph view can draw. */
class WaitGraph
{
    constructor(nodes)
    {
        this.__nodes = nodes;
    }

    get spannableGraphNodes()
    {
        return host.metadata.valueWithMetadata(this.__nodes, { PreferredGraphForm: 1 });
    }

    *[Symbol.iterator]()
    {
        yield* this.__nodes;
    }

    toString()
    {
        return this.__nodes.length === 0 ? "No thread waits for another, as far as is known." : this.__nodes.length + " threads wait or are waited for";
    }
}

/** The graph of a process; without one, of the current process. */
function waitGraph(process)
{
    const nodes = new Map();
    const nodeOf = (id, thread) =>
    {
        if (!nodes.has(id))
            nodes.set(id, new WaitNode(id, thread));
        return nodes.get(id);
    };
    for (const wait of callbacksOf(process).WaitGraph)
    {
        const from = nodeOf(wait.FromId, wait.From);
        nodeOf(wait.ToId, wait.To);
        from.graphNodeEdges.push(new WaitEdge(wait.FromId, wait.ToId, wait));
    }

    return new WaitGraph(Array.from(nodes.values()));
}

/** What hangs in a process, then its threads in callbacks, a line each, in the words of the objects. */
function callbackReport(process)
{
    const threads = callbacksOf(process);
    const lines = [threads.Result];
    for (const finding of threads.Findings)
    {
        // The first one is the result.
        if (!threads.Result.endsWith(finding.Text))
            lines.push("Also: " + finding.Text);
    }

    for (const thread of threads)
        lines.push(lineOf(thread));
    return lines;
}

/** A thread on a line: id, verdict, callback, wait, owner. */
function lineOf(thread)
{
    const holdsUp = valueOr(thread.HoldsUp, 0);
    const parts = [
        thread.Id === undefined ? "thread" : thread.Id.toString(16),
        thread.Verdict + ", depth " + thread.Depth,
        thread.Message,
        thread.Handler,
        valueOr(thread.Waiting, "") === "" ? "" : "waits for " + thread.Waiting,
        thread.Owner,
        holdsUp > 0 ? "holds up " + holdsUp : "",
    ];
    return parts.filter(part => valueOr(part, "") !== "").join("  ");
}
