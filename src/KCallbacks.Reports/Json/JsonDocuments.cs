using System.Text.Json.Serialization;

namespace KCallbacks.Reports.Json;

// The shape of schema 1, field by field as docs/json.md says it. Property order is output order.

internal sealed record JsonTool(string Name, string Version);

internal sealed record JsonSource(string Kind, string? Path, string Architecture, string Session);

internal sealed record JsonThread(
    int Position,
    string? Id,
    string Verdict,
    int Depth,
    bool DepthIsMinimum,
    string Confidence,
    string Reason,
    string? BlockedIn,
    JsonCallback[] Callbacks,
    JsonShape[] Shapes,
    uint? EngineId,
    uint? SystemId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonKernel? Kernel);

internal sealed record JsonKernel(
    JsonProcess Process,
    uint? ThreadId,
    string Address,
    int? CallbackDepth,
    string? WaitReason,
    long? WaitMilliseconds,
    string? Function);

internal sealed record JsonProcess(uint? Id, string? Name, string Address);

internal sealed record JsonCallback(
    string? Routine,
    int? ApiNumber,
    string? Entry,
    JsonMessage? Message,
    int? Frame,
    string Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonDelivery? Delivery);

internal sealed record JsonShape(string Name, int[] Frames);

internal sealed record JsonMessage(uint Number, string? Name, string? WParam, string? LParam, string? WindowProcedure);

internal sealed record JsonDelivery(string Text, string? Procedure, IReadOnlyDictionary<string, string> Values);

internal sealed record JsonSummary(int Threads, int AtReturn, int InCallback, int None, int Unknown, int MaxDepth);
