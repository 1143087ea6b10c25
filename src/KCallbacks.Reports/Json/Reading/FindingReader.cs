using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
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
                Kernel = KernelOf(json),
                Wow64Half = json.Word<Verdict>("wow64.verdict", DisplayText.Of) is { } half ? HalfOf(json, half) : null,
                Managed = json.Object("managed") is { } managed ? ManagedOf(managed) : null,
                Callbacks = [.. json.List("callbacks").Select(CallbackReader.Read)],
                Shapes = [.. json.List("shapes").Select(ShapeOf)],
                Rejected = [.. json.List("rejected").Select(frame => new RejectedFrame(frame.Address("address") ?? 0, frame.Text("reason") ?? ""))],
                Disagreements = [.. json.Texts("disagreements")],
            }
            : null;

    private static ThreadIdentity ThreadOf(JsonElement json, int position)
    {
        uint? engineId = json.Id("engineId");
        string? id = json.Text("id");
        var thread = new ThreadIdentity(position, id == engineId?.ToString(CultureInfo.InvariantCulture) ? null : id, engineId, json.Id("systemId"));
        return json.Object("kernel") is { } kernel && kernel.Object("process") is not null
            ? thread with { Address = kernel.Address("address"), Process = ProcessOf(kernel) }
            : thread;
    }

    /// <summary>The member <c>process</c> of an object.</summary>
    public static ProcessIdentity ProcessOf(JsonElement json) => new(json.Address("process.address") ?? 0, json.Id("process.id"), json.Text("process.name"));

    /// <summary>That a thread runs is known of the kernel alone, also where a text tells nothing else of it.</summary>
    private static KernelState? KernelOf(JsonElement json)
    {
        bool? isWaiting = json.Word<ThreadActivity>("activity", DisplayText.Of) == ThreadActivity.Runs ? false : json.Text("kernel.waitReason") is null ? null : true;
        return json.Object("kernel") is { } kernel
            ? new KernelState(kernel.Count("callbackDepth"), IsWindowThread: json.Flag("uiThread"), WaitReason: kernel.Text("waitReason"), WaitTime: kernel.Milliseconds("waitMilliseconds"), IsWaiting: isWaiting)
            : isWaiting is null ? null : new KernelState(IsWaiting: isWaiting);
    }

    private static Wow64Finding HalfOf(JsonElement json, Verdict verdict) =>
        new(verdict, json.Count("wow64.depth") ?? 0, json.Address("wow64.instructionPointer") ?? 0, json.Text("wow64.instructionPlace"));

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
        managed.Id("joins"),
        managed.Id("invokes") is { } receiver ? new ManagedInvocation(receiver, []) : null,
        managed.Flag("isUiThread"));

    private static HangShape ShapeOf(JsonElement shape) => new(shape.Text("id") ?? "", shape.Text("name") ?? "", [.. shape.Counts("frames")])
    {
        Wow64Frames = [.. shape.Counts("wow64.frames")],
    };
}
