"use strict";

// Runs a debugger script with a stand-in for the debugger's "host": node StandIn.js SCRIPT THREADS EXPRESSION
// THREADS is the KernelCallbacks of the current process as JSON, its "Items" being the threads that it is iterated as; "undefined" for a
// process without it.
// Prints the value of EXPRESSION as JSON, or what was thrown.

const fs = require("fs");
const vm = require("vm");

const [script, threads, expression] = process.argv.slice(2);

/** The collection as the debugger shows it to scripts: properties, and iterated. */
function collection(text)
{
    if (text === "undefined")
        return undefined;
    const found = JSON.parse(text);
    found[Symbol.iterator] = function* () { yield* found.Items; };
    return found;
}

const host = {
    apiVersionSupport: function (major, minor) { this.version = [major, minor]; },
    functionAlias: function (method, name) { this.alias = name; this.method = method; this.isFunction = typeof method === "function"; },
    metadata: { valueWithMetadata: (value, metadata) => { value.metadata = metadata; return value; } },
    currentProcess: { Name: "app.exe", KernelCallbacks: collection(threads) },
};

const context = vm.createContext({ host });
vm.runInContext(fs.readFileSync(script, "utf8"), context);
try
{
    process.stdout.write(JSON.stringify(vm.runInContext(expression, context)) + "\n");
}
catch (error)
{
    process.stdout.write(error.message + "\n");
}
