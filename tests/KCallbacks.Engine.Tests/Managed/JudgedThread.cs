using System.Collections.Immutable;
using System.Text.Json;

namespace KCallbacks.Engine.Tests.Managed;

/// <summary>What a report for programs says of a thread of a .NET program.</summary>
internal sealed record JudgedThread(
    uint SystemId, string Verdict, int Depth, bool DepthIsMinimum, string? Handler, string? WaitingIn, uint? Owner, bool? IsUiThread, ImmutableArray<string> Shapes, ImmutableArray<string> Methods)
{
    /// <summary>The threads of a report, before which the engine may have printed what it thinks of the symbols.</summary>
    public static ImmutableArray<JudgedThread> In(string output)
    {
        using JsonDocument report = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. report.RootElement.GetProperty("threads").EnumerateArray().Select(Of)];
    }

    private static JudgedThread Of(JsonElement thread)
    {
        JsonElement? callback = thread.GetProperty("callbacks").EnumerateArray().Select(item => (JsonElement?)item).FirstOrDefault();
        JsonElement? managed = thread.TryGetProperty("managed", out JsonElement found) ? found : null;
        return new(
            thread.GetProperty("systemId").GetUInt32(),
            thread.GetProperty("verdict").GetString()!,
            thread.GetProperty("depth").GetInt32(),
            thread.GetProperty("depthIsMinimum").GetBoolean(),
            callback?.GetProperty("handler").GetString(),
            managed?.GetProperty("waitingIn").GetString(),
            managed?.GetProperty("lock") is { ValueKind: JsonValueKind.Object } waited ? waited.GetProperty("owner").GetUInt32()
                : managed?.GetProperty("joins") is { ValueKind: JsonValueKind.Number } joined ? joined.GetUInt32()
                : managed?.GetProperty("invokes") is { ValueKind: JsonValueKind.Number } invoked ? invoked.GetUInt32()
                : null,
            managed?.GetProperty("isUiThread") is { ValueKind: JsonValueKind.True or JsonValueKind.False } isUiThread ? isUiThread.GetBoolean() : null,
            [.. thread.GetProperty("shapes").EnumerateArray().Select(shape => shape.GetProperty("name").GetString()!)],
            managed is null ? [] : [.. managed.Value.GetProperty("frames").EnumerateArray().Where(frame => frame.GetProperty("kind").GetString() == "method").Select(NameOf)]);
    }

    /// <summary>
    /// Where it lies and its name. Generic arguments are told by the runtime's own component alone, which for a method that calls native
    /// code tells another instruction than the one that the call returns to.
    /// </summary>
    private static string NameOf(JsonElement frame) =>
        $"{frame.GetProperty("stackPointer").GetString()} {frame.GetProperty("name").GetString()!.Split('[')[0]}";
}
