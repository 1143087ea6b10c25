using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>One printed frame taken apart; the names are still bytes of the line.</summary>
internal ref struct FrameText
{
    /// <summary>The frame number as printed, read as hexadecimal; null when none is printed.</summary>
    public int? Number;

    /// <summary>Child-SP or ChildEBP; null when not printed.</summary>
    public ulong? StackPointer;

    /// <summary>Return address; null when not printed.</summary>
    public ulong? ReturnAddress;

    /// <summary>Address of the frame's code; null when not printed.</summary>
    public ulong? InstructionPointer;

    /// <summary>The arguments, or what the debugger prints in their columns.</summary>
    public ArgumentColumns Arguments;

    /// <summary>Digits of the widest address printed; 8 or fewer on 32-bit targets.</summary>
    public int AddressDigits;

    /// <summary>Module as printed; empty when there is none.</summary>
    public ReadOnlySpan<byte> Module;

    /// <summary>Function as printed, without its parameters; empty when there is none.</summary>
    public ReadOnlySpan<byte> Function;

    /// <summary>Displacement; null when not printed.</summary>
    public ulong? Displacement;

    public FrameTraits Traits;

    /// <summary>Takes the address of the frame's code.</summary>
    public void StandAt(in HexNumber address)
    {
        InstructionPointer = address.Value;
        AddressDigits = address.Digits;
    }

    public readonly bool Has(FrameTraits trait) => (Traits & trait) != 0;
}
