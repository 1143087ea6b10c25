using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>What was found of one thread.</summary>
public sealed record ReportedThread
{
    /// <summary>Zero-based place in the source, by which everything else names the thread.</summary>
    public int Position { get; init; }

    /// <summary>The id as the source prints it.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it is in a callback.</summary>
    public ReportedVerdict Verdict { get; init; }

    /// <summary>Callbacks nested.</summary>
    public int Depth { get; init; }

    /// <summary>Whether more may be nested than were seen.</summary>
    public bool DepthIsMinimum { get; init; }

    /// <summary>How much the evidence carries.</summary>
    public ReportedConfidence Confidence { get; init; }

    /// <summary>Why verdict and confidence are what they are.</summary>
    public string Reason { get; init; } = "";

    /// <summary><c>module!function</c> of what it does now.</summary>
    public string? BlockedIn { get; init; }

    /// <summary>Of a thread in no callback the program's function.</summary>
    public string? ProgramFunction { get; init; }

    /// <summary>Whether its frames show that it treats messages.</summary>
    public bool HasMessageLoop { get; init; }

    /// <summary>Whether it has windows; null when not known.</summary>
    public bool? UiThread { get; init; }

    /// <summary><c>waits</c>, <c>pumps</c>, <c>sleeps</c>, <c>runs</c>, <c>returning</c> or <c>unknown</c>; null where nobody asked.</summary>
    public string? Activity { get; init; }

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<ReportedWait> WaitsFor { get; init; } = [];

    /// <summary>Threads that wait for it, directly or through others.</summary>
    public int HoldsUp { get; init; }

    /// <summary>Its callbacks, innermost first.</summary>
    public IReadOnlyList<ReportedCallback> Callbacks { get; init; } = [];

    /// <summary>Known shapes of hangs that its frames show.</summary>
    public IReadOnlyList<ReportedShape> Shapes { get; init; } = [];

    /// <summary>The debugger's number.</summary>
    public long? EngineId { get; init; }

    /// <summary>The operating system's id.</summary>
    public long? SystemId { get; init; }

    /// <summary>What its managed frames say; null where no .NET runtime was asked.</summary>
    public ReportedManagedThread? Managed { get; init; }

    /// <summary>What the kernel's structures say; null outside of kernel sessions.</summary>
    public ReportedKernelThread? Kernel { get; init; }

    /// <summary>What the 32-bit half says by itself; null where there is none.</summary>
    public ReportedWow64Half? Wow64 { get; init; }

    /// <summary>Address of the innermost user-mode instruction.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? InstructionPointer { get; init; }

    /// <summary>The same as <c>module+0xoffset</c>.</summary>
    public string? InstructionPlace { get; init; }

    /// <summary>What has the form of a callback frame in its stack memory and is none of a callback that runs.</summary>
    public IReadOnlyList<ReportedRejection> Rejected { get; init; } = [];

    /// <summary>Witnesses that contradict each other.</summary>
    public IReadOnlyList<string> Disagreements { get; init; } = [];

    /// <summary>Whether it is in a callback or at the return of one.</summary>
    [JsonIgnore]
    public bool IsInCallback => Verdict is ReportedVerdict.InCallback or ReportedVerdict.AtReturn;
}

/// <summary>Something in a stack's memory that looks like a callback frame and is none of a callback that runs.</summary>
public sealed record ReportedRejection
{
    /// <summary>Where it lies.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Address { get; init; }

    /// <summary>The witness against it, for people.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>A known shape of a hang.</summary>
public sealed record ReportedShape
{
    /// <summary>A word that stays.</summary>
    public string Id { get; init; } = "";

    /// <summary>The shape in a few words, which may change.</summary>
    public string Name { get; init; } = "";

    /// <summary>Indexes of the frames that show it.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];

    /// <summary>Those of the 32-bit half.</summary>
    public ReportedShapeFrames? Wow64 { get; init; }
}

/// <summary>Frames of the 32-bit half that show a shape.</summary>
public sealed record ReportedShapeFrames
{
    /// <summary>Their indexes.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];
}

/// <summary>The 32-bit half of a WoW64 thread.</summary>
public sealed record ReportedWow64Half
{
    /// <summary>The verdict on it alone.</summary>
    public ReportedVerdict Verdict { get; init; }

    /// <summary>Callbacks that it shows.</summary>
    public int Depth { get; init; }

    /// <summary>Address of its innermost instruction.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? InstructionPointer { get; init; }

    /// <summary>The same as <c>module+0xoffset</c>.</summary>
    public string? InstructionPlace { get; init; }
}

/// <summary>What the kernel's structures say of a thread.</summary>
public sealed record ReportedKernelThread
{
    /// <summary>Its process.</summary>
    public ReportedProcess Process { get; init; } = new();

    /// <summary>Its id.</summary>
    public long? ThreadId { get; init; }

    /// <summary>Address of the ETHREAD.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Address { get; init; }

    /// <summary>The kernel's own count of callbacks.</summary>
    public int? CallbackDepth { get; init; }

    /// <summary>Why it waits, as KWAIT_REASON names it.</summary>
    public string? WaitReason { get; init; }

    /// <summary>How long it has waited.</summary>
    public long? WaitMilliseconds { get; init; }

    /// <summary><c>module!function</c> of the innermost kernel frame that is not the scheduler's.</summary>
    public string? Function { get; init; }
}

/// <summary>A process of a kernel session.</summary>
public sealed record ReportedProcess
{
    /// <summary>Its id.</summary>
    public long? Id { get; init; }

    /// <summary>At most 14 characters of the program's file name.</summary>
    public string? Name { get; init; }

    /// <summary>Address of the EPROCESS.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Address { get; init; }
}

/// <summary>A process with threads that wait inside callbacks.</summary>
public sealed record ReportedBlockedProcess
{
    /// <summary>The process.</summary>
    public ReportedProcess Process { get; init; } = new();

    /// <summary>How many threads at least.</summary>
    public int Threads { get; init; }
}

/// <summary>What the managed frames of a thread say.</summary>
public sealed record ReportedManagedThread
{
    /// <summary>The wait of the class library, for example <c>Monitor.Enter</c>.</summary>
    public string? WaitingIn { get; init; }

    /// <summary>The lock it waits to enter.</summary>
    public ReportedManagedLock? Lock { get; init; }

    /// <summary>System id of the thread for whose end it waits.</summary>
    public long? Joins { get; init; }

    /// <summary>System id of the thread that is to run what it handed over.</summary>
    public long? Invokes { get; init; }

    /// <summary>Whether its synchronization context is that of a thread with windows.</summary>
    public bool? IsUiThread { get; init; }

    /// <summary>Its managed frames, innermost first.</summary>
    public IReadOnlyList<ReportedManagedFrame> Frames { get; init; } = [];
}

/// <summary>A lock of managed code.</summary>
public sealed record ReportedManagedLock
{
    /// <summary>Where the object lies.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Address { get; init; }

    /// <summary>Its type.</summary>
    public string? Type { get; init; }

    /// <summary>System id of the thread that holds it.</summary>
    public long? Owner { get; init; }
}

/// <summary>A managed frame.</summary>
public sealed record ReportedManagedFrame
{
    /// <summary>Namespace, type, method.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>method</c>, <c>stub</c> or <c>transition</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its stack pointer.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? StackPointer { get; init; }

    /// <summary>Its instruction.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? InstructionPointer { get; init; }
}
