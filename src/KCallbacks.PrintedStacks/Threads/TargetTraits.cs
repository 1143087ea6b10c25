using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What the text lets guess of its target: architecture by the width of addresses, kernel or user session by prompts and frames.</summary>
internal sealed class TargetTraits
{
    private const int DigitsOf32Bits = 8;

    private int _widestAddress;
    private Architecture _stated;
    private Architecture _hinted;

    public Architecture Architecture => _stated != Architecture.Unknown ? _stated : _widestAddress switch
    {
        0 => _hinted,
        <= DigitsOf32Bits => Architecture.X86,
        _ => Architecture.X64,
    };

    public SessionKind Session { get; private set; }

    public void Note(in Prompt prompt)
    {
        if (prompt.IsKernel)
            Session = SessionKind.Kernel;
        if (prompt.Machine.SequenceEqual("x86"u8))
            _stated = Architecture.X86;
        else if (Letters.StartsWithIgnoreCase(prompt.Machine, "arm64"u8))
            _stated = Architecture.Arm64;
        else if (!prompt.Machine.IsEmpty)
            _stated = Architecture.Unknown;
    }

    public void Note(in FrameText frame, FrameSide side)
    {
        NoteAddress(frame.AddressDigits);
        if (side == FrameSide.Kernel)
            Session = SessionKind.Kernel;
        if (frame.Has(FrameTraits.Arm64))
            _stated = Architecture.Arm64;

        if (frame.Function.StartsWith("KiUserCallbackDispatcher"u8))
            NoteDispatcher(frame.Function, frame.Displacement);
        else if (_widestAddress == 0 && IsFunctionOf32Bits(frame.Function))
            _hinted = Architecture.X86;
    }

    /// <summary>
    /// The labels behind the dispatcher's call: one exists in x64's ntdll alone, the other in ARM64's. Without them the call's
    /// return has one of the displacements measured on each architecture.
    /// </summary>
    private void NoteDispatcher(ReadOnlySpan<byte> function, ulong? displacement)
    {
        if (function.SequenceEqual("KiUserCallbackDispatcherReturn"u8))
            _stated = Architecture.Arm64;
        else if (function.SequenceEqual("KiUserCallbackDispatcherContinue"u8))
            _hinted = Architecture.X64;
        else if (displacement is 0x1f or 0x24)
            _hinted = Architecture.X64;
        else if (displacement is 0x13 or 0x2d or 0x2e or 0x36 or 0x4d)
            _hinted = Architecture.X86;
    }

    private static bool IsFunctionOf32Bits(ReadOnlySpan<byte> function) =>
        function.SequenceEqual("KiFastSystemCallRet"u8)
        || function.SequenceEqual("KiFastCallEntry"u8)
        || (function.StartsWith("_"u8) && function.IndexOf((byte)'@') is var decoration and > 0
            && decoration + 1 < function.Length && Letters.IsDigit(function[decoration + 1]));

    /// <summary>An address of so many digits was printed.</summary>
    public void NoteAddress(int digits) => _widestAddress = Math.Max(_widestAddress, digits);

    public void Note(ThreadHeader header)
    {
        NoteAddress(header.AddressDigits);
        if (header.Kernel is not null)
            NoteKernel();
    }

    public void NoteKernel() => Session = SessionKind.Kernel;
}
