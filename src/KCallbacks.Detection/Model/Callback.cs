namespace KCallbacks.Detection.Model;

/// <summary>One kernel-to-user callback in progress on a thread.</summary>
public sealed record Callback
{
    /// <summary>Its number on the thread, counted from outside: 1 is the outermost. Null when it was not counted.</summary>
    public int? Level { get; init; }

    /// <summary><c>module!function</c> of the routine the dispatcher called; null when it cannot be known.</summary>
    public string? Routine { get; init; }

    /// <summary>Index into <c>PEB.KernelCallbackTable</c>; null when it cannot be known.</summary>
    public int? ApiNumber { get; init; }

    /// <summary><c>module!function</c> of the system call it was entered through, or <c>module+0xrva</c> of a stub without a name; null when nothing shows it.</summary>
    public string? Entry { get; init; }

    /// <summary>The window message delivered; null when the routine delivers none or its arguments are not readable.</summary>
    public WindowMessage? Message { get; init; }

    /// <summary>What it hands to a hook, event or enumeration procedure; null when the routine does not, or its arguments are not readable.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>
    /// <c>module!function</c> of the code the routine runs for the application: the window, hook or event procedure, the
    /// library's entry point; <c>module+0xrva</c> of one without a name; null when nothing shows it.
    /// </summary>
    public string? Handler { get; init; }

    /// <summary>The handler's module as its frame names it, which tells a bare module from a bare function; null when no frame names one.</summary>
    internal string? HandlerModule { get; init; }

    /// <summary>
    /// Index of the dispatcher's frame in <see cref="ThreadStack.Frames"/>, or of the frame that shows the callback where none bears
    /// the dispatcher's name (the routine's, the system call's); null when only memory shows the callback.
    /// </summary>
    public int? Frame { get; init; }

    /// <summary>The same in the frames of the 32-bit half of a WoW64 thread; null when these do not show it.</summary>
    public int? Wow64Frame { get; init; }

    /// <summary>Address of the callback frame on the user stack; null when not known.</summary>
    public ulong? Address { get; init; }

    /// <summary>Whether it is about to return to the kernel: it is the innermost one of a thread at ZwCallbackReturn.</summary>
    public bool IsReturning { get; init; }

    /// <summary>The witnesses.</summary>
    public EvidenceSource Evidence { get; init; }

    /// <summary>How much the witnesses carry.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>Why the confidence is what it is, in a few words.</summary>
    public string? ConfidenceReason { get; init; }
}
