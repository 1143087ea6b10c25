using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>Reads what a JSON report says of a thread: the facts of <see cref="Facts.ThreadFacts"/> backwards.</summary>
internal static class FindingReader
{
    /// <summary>The finding; null where the object is none of a thread.</summary>
    public static ThreadFinding? Read(JsonElement json) =>
        json.Count("position") is { } position && json.Word<Verdict>("verdict", DisplayText.Of) is { } verdict
            ? new ThreadFinding
            {
                Thread = ThreadOf(json, position),
                Verdict = verdict,
                Depth = json.Count("depth") ?? 0,
                DepthIsMinimum = json.Flag("depthIsMinimum") == true,
                Confidence = json.Word<Confidence>("confidence", DisplayText.Of) ?? Confidence.Low,
                Reason = json.Text("reason") ?? "",
                BlockedIn = json.Text("blockedIn"),
                ProgramFunction = json.Text("programFunction"),
                HasMessageLoop = json.Flag("hasMessageLoop") == true,
                InstructionPointer = json.Address("instructionPointer") ?? 0,
                InstructionPlace = json.Text("instructionPlace"),
                KernelFunction = json.Object("kernel")?.Text("function"),
                Kernel = json.Object("kernel") is { } kernel ? KernelOf(kernel, json.Flag("uiThread")) : null,
                Wow64Half = json.Object("wow64") is { } half ? HalfOf(half) : null,
                Managed = json.Object("managed") is { } managed ? ManagedOf(managed) : null,
                Callbacks = [.. json.List("callbacks").Select(CallbackReader.Read)],
                Shapes = [.. json.List("shapes").Select(ShapeOf)],
                Disagreements = [.. json.Texts("disagreements")],
            }
            : null;

    private static ThreadIdentity ThreadOf(JsonElement json, int position)
    {
        uint? engineId = json.Id("engineId");
        string? id = json.Text("id");
        var thread = new ThreadIdentity(position, id == engineId?.ToString(CultureInfo.InvariantCulture) ? null : id, engineId, json.Id("systemId"));
        return json.Object("kernel") is { } kernel && kernel.Object("process") is { } process
            ? thread with { Address = kernel.Address("address"), Process = new ProcessIdentity(process.Address("address") ?? 0, process.Id("id"), process.Text("name")) }
            : thread;
    }

    private static KernelState KernelOf(JsonElement kernel, bool? hasWindows) => new(
        kernel.Count("callbackDepth"), IsWindowThread: hasWindows, WaitReason: kernel.Text("waitReason"), WaitTime: kernel.Milliseconds("waitMilliseconds"));

    private static Wow64Finding HalfOf(JsonElement half) => new(
        half.Word<Verdict>("verdict", DisplayText.Of) ?? Verdict.Unknown, half.Count("depth") ?? 0, half.Address("instructionPointer") ?? 0, half.Text("instructionPlace"));

    private static ManagedFinding ManagedOf(JsonElement managed) => new(
        [
            .. managed.List("frames").Select(frame => new ManagedFrame(
                frame.Address("stackPointer") ?? 0,
                frame.Address("instructionPointer") ?? 0,
                frame.Text("name") ?? "",
                frame.Word<ManagedFrameKind>("kind", DisplayText.Of) ?? ManagedFrameKind.Method)),
        ],
        managed.Text("waitingIn"),
        managed.Object("lock") is { } held ? new ManagedLock(held.Address("address") ?? 0, held.Text("type"), held.Id("owner")) : null,
        managed.Id("joins"));

    private static HangShape ShapeOf(JsonElement shape) => new(shape.Text("id") ?? "", shape.Text("name") ?? "", [.. shape.Counts("frames")])
    {
        Wow64Frames = shape.Object("wow64") is { } half ? [.. half.Counts("frames")] : [],
    };
}
