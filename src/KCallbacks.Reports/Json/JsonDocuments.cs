namespace KCallbacks.Reports.Json;

// What stands around the threads in schema 1, field by field as docs/json.md says it. Property order is output order.

internal sealed record JsonTool(string Name, string Version);

internal sealed record JsonSource(string Kind, string? Path, string Architecture, string Session);

internal sealed record JsonSummary(int Threads, int AtReturn, int InCallback, int None, int Unknown, int MaxDepth, int NoneLowConfidence);

internal sealed record JsonCapture(
    string? Program, string? CommandLine, uint? ProcessId, string? Started, string? Made, string? Windows, JsonRaised? Exception, string? Memory, string[] Lacks);

internal sealed record JsonRaised(string Code, string Address, uint SystemId);

internal sealed record JsonModule(string Name, string Base, uint Size, string TimeDateStamp, string? Version, string? Pdb, string? PdbId);
