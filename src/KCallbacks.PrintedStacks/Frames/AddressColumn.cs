namespace KCallbacks.PrintedStacks.Frames;

/// <summary>What a column of addresses holds.</summary>
internal enum AddressColumn
{
    /// <summary>The head line does not say.</summary>
    Unknown,

    /// <summary>Child-SP, ChildEBP, ESP.</summary>
    StackPointer,

    /// <summary>RetAddr: where the frame returns to.</summary>
    ReturnAddress,

    /// <summary>IP, EIP, AddrPC: where the frame's own code stands.</summary>
    Instruction,
}
