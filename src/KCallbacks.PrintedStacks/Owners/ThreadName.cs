namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The ids by which texts name threads.</summary>
internal enum ThreadIdKind
{
    /// <summary>The operating system's id.</summary>
    System,

    /// <summary>The debugger's number.</summary>
    Engine,

    /// <summary>Address of the kernel's structure (KTHREAD).</summary>
    KernelAddress,

    /// <summary>The number that the runtime of .NET gives.</summary>
    Clr,
}

/// <summary>A thread as a line of the text names it.</summary>
/// <param name="Kind">Which of its ids that is.</param>
/// <param name="Id">The id.</param>
/// <param name="ProcessId">Its process, where the line names that too.</param>
internal readonly record struct ThreadName(ThreadIdKind Kind, ulong Id, uint? ProcessId = null)
{
    /// <summary>The name as sentences say it.</summary>
    public override string ToString() => Kind switch
    {
        ThreadIdKind.Engine => $"thread {Id}",
        ThreadIdKind.Clr => $"CLR thread 0x{Id:x}",
        _ => $"thread {Id:x}",
    };
}
