namespace KCallbacks.Scanning.Unwinding;

/// <summary>The state of a walk at one frame.</summary>
internal struct X64Frame
{
    /// <summary>Where it stands or what its callee returns to.</summary>
    public ulong InstructionPointer;

    /// <summary>The registers as the function had them.</summary>
    public X64RegisterFile Registers;

    /// <summary>
    /// True where the thread stands, and where the kernel interrupted it: anywhere in its code, also in prologue or epilogue. Other
    /// frames stand after a call, in the middle of their function.
    /// </summary>
    public bool IsInterrupted;

    /// <summary>Whether a frame further in was left by <see cref="BasePointerChain"/>, so that frames may be missing.</summary>
    public bool IsGuessed;

    /// <summary>The stack pointer.</summary>
    public readonly ulong StackPointer => Registers[X64RegisterFile.Rsp];
}
