using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using static KCallbacks.Reports.Facts.FactKind;

namespace KCallbacks.Reports.Facts;

/// <summary>All that is said of a thread. A new fact is a row here.</summary>
public static class ThreadFacts
{
    /// <summary>The facts in the order of JSON.</summary>
    public static ImmutableArray<Fact<ThreadFinding>> All { get; } =
    [
        new("position", null, Number, "Zero-based place in the source.",
            finding => finding.Thread.Position),
        new("id", null, Words, "The id as the source prints it, else the debugger's number.",
            finding => finding.Thread.Printed ?? finding.Thread.EngineId?.ToString(CultureInfo.InvariantCulture)),
        new("verdict", "Verdict", Words, "in-callback, at-return (innermost frame is ZwCallbackReturn), none, or unknown.",
            finding => DisplayText.Of(finding.Verdict)),
        new("depth", "Depth", Number, "Callbacks nested on the thread.",
            finding => finding.Depth),
        new("depthIsMinimum", "DepthIsMinimum", Flag, "Whether more callbacks may be nested than were seen.",
            finding => finding.DepthIsMinimum),
        new("confidence", "Confidence", Words, "How much the evidence carries: high, medium or low.",
            finding => DisplayText.Of(finding.Confidence)),
        new("reason", "Reason", Words, "Why the verdict and its confidence are what they are.",
            finding => finding.Reason),
        new("blockedIn", "BlockedIn", Name, "The innermost function that says what the thread does now.",
            finding => finding.BlockedIn),
        new("programFunction", "ProgramFunction", Name, "Of a thread in no callback the program's function that its message loop called, else the one that it began with.",
            finding => finding.ProgramFunction),
        new("hasMessageLoop", "HasMessageLoop", Flag, "Whether the frames of a thread in no callback show that it treats messages.",
            finding => finding.HasMessageLoop),
        new("callbacks", "Callbacks", List, "The callbacks, innermost first.",
            finding => finding.Callbacks),
        new("shapes", "Shapes", List, "Known shapes of hangs that the thread's frames show.",
            finding => finding.Shapes),
        new("engineId", "EngineId", Number, "The debugger's thread number.",
            finding => finding.Thread.EngineId),
        new("systemId", "Id", Id, "The operating system's thread id, which is also the index in KernelCallbacks.",
            finding => finding.Thread.SystemId),
        new("kernel.process.id", "ProcessId", Id, "Kernel session: the process id.",
            finding => ProcessOf(finding)?.Id),
        new("kernel.process.name", "ProcessName", Words, "Kernel session: the program's file name, at most 14 characters.",
            finding => ProcessOf(finding)?.Name),
        new("kernel.process.address", "ProcessAddress", Address, "Kernel session: address of the EPROCESS.",
            finding => ProcessOf(finding)?.Address),
        new("kernel.threadId", null, Id, "Kernel session: the thread id.",
            finding => ProcessOf(finding) is null ? null : finding.Thread.SystemId),
        new("kernel.address", "ThreadAddress", Address, "Kernel session: address of the ETHREAD.",
            finding => ProcessOf(finding) is null ? null : finding.Thread.Address),
        new("kernel.callbackDepth", "KernelDepth", Number, "Kernel session: the kernel's own count of callbacks.",
            finding => ProcessOf(finding) is null ? null : finding.Kernel?.CallbackDepth),
        new("kernel.waitReason", "WaitReason", Words, "Kernel session: why the thread waits, as KWAIT_REASON names it.",
            finding => ProcessOf(finding) is null ? null : finding.Kernel?.WaitReason),
        new("kernel.waitMilliseconds", "WaitMilliseconds", Number, "Kernel session: how long it has waited.",
            finding => ProcessOf(finding) is null ? null : (long?)finding.Kernel?.WaitTime?.TotalMilliseconds),
        new("kernel.function", "KernelFunction", Name, "Kernel session: the innermost kernel function that is not the scheduler's.",
            finding => ProcessOf(finding) is null ? null : finding.KernelFunction),
        new("instructionPointer", "InstructionPointer", Address, "Address of the innermost user-mode instruction.",
            finding => finding.InstructionPointer == 0 ? null : finding.InstructionPointer),
        new("instructionPlace", "InstructionPlace", Words, "The same as module+0xoffset, which is the same in every run.",
            finding => finding.InstructionPlace),
        new("managed.waitingIn", "ManagedWait", Words, "The wait of the .NET class library in which the thread stands, for example Monitor.Enter.",
            finding => finding.Managed?.WaitingIn),
        new("managed.lock.address", "LockAddress", Address, "Where the object lies whose lock the thread waits to enter.",
            finding => finding.Managed?.Lock?.Address),
        new("managed.lock.type", "LockType", Words, "Its type.",
            finding => finding.Managed?.Lock?.Type),
        new("managed.lock.owner", "LockOwner", Id, "System id of the thread that holds it.",
            finding => finding.Managed?.Lock?.Owner),
        new("managed.joins", "Joins", Id, "System id of the thread whose end Thread.Join waits for.",
            finding => finding.Managed?.Joins),
        new("managed.frames", "ManagedFrames", List, "The managed frames, innermost first.",
            finding => finding.Managed?.Frames),
        new("wow64.verdict", "Wow64Verdict", Words, "32-bit half of a WoW64 thread: the verdict on it alone.",
            finding => finding.Wow64Half is { } half ? DisplayText.Of(half.Verdict) : null),
        new("wow64.depth", "Wow64Depth", Number, "32-bit half of a WoW64 thread: callbacks that it shows.",
            finding => finding.Wow64Half?.Depth),
        new("wow64.instructionPointer", "Wow64InstructionPointer", Address, "32-bit half of a WoW64 thread: address of its innermost instruction.",
            finding => finding.Wow64Half is { InstructionPointer: not 0 and var address } ? address : null),
        new("wow64.instructionPlace", "Wow64InstructionPlace", Words, "The same as module+0xoffset.",
            finding => finding.Wow64Half?.InstructionPlace),
        new("rejected", null, List, "What has the form of a callback frame and is none of a callback that runs.",
            finding => finding.Rejected),
        new("disagreements", "Disagreements", Sentences, "Witnesses that contradict each other.",
            finding => finding.Disagreements),
    ];

    /// <summary>Only kernel sessions know the process of a thread.</summary>
    private static ProcessIdentity? ProcessOf(ThreadFinding finding) => finding.Thread is { Address: not null, Process: { } process } ? process : null;
}
