using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
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

    /// <summary>Takes the name that a report gives the machine: <c>amd64</c>, <c>x86_64</c>, <c>x86</c>, <c>arm64</c>.</summary>
    public void NoteMachine(string name) => _stated = name.ToUpperInvariant() switch
    {
        "X86" or "I386" => Architecture.X86,
        "AMD64" or "X86_64" or "X64" => Architecture.X64,
        "ARM64" or "AARCH64" => Architecture.Arm64,
        _ => _stated,
    };

    /// <summary>Takes what a line outside of stacks says: <c>Windows 10 Kernel Version 22621 MP (4 procs) Free ARM 64-bit (AArch64)</c>.</summary>
    public void NoteBanner(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("Windows "u8))
            return;
        if (line.IndexOf(" ARM 64-bit"u8) > 0)
            _stated = Architecture.Arm64;
        if (line.IndexOf("Kernel Version "u8) > 0)
            NoteKernel();
    }

    /// <summary>Takes what a frame tells.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="function">Its function's name.</param>
    /// <param name="side">Its side.</param>
    public void Note(in FrameText frame, string? function, FrameSide side)
    {
        NoteAddress(frame.AddressDigits);
        if (side == FrameSide.Kernel)
            Session = SessionKind.Kernel;
        if (frame.Has(FrameTraits.Arm64))
            _stated = Architecture.Arm64;

        if (frame.Function.StartsWith("KiArm64"u8))
            _stated = Architecture.Arm64;
        Architecture dispatcher = Dispatcher.ArchitectureOf(function, frame.Displacement, out bool isCertain);
        if (isCertain)
            _stated = dispatcher;
        else if (dispatcher != Architecture.Unknown)
            _hinted = dispatcher;
        else if (_widestAddress == 0 && (FastSystemCall.IsOf32BitWindows(function) || IsDecorated(frame.Function)))
            _hinted = Architecture.X86;
    }

    /// <summary><c>_name@8</c>, as 32-bit compilers decorate functions that remove their own arguments.</summary>
    private static bool IsDecorated(ReadOnlySpan<byte> function) =>
        function.StartsWith("_"u8) && function.IndexOf((byte)'@') is var decoration and > 0
        && decoration + 1 < function.Length && Letters.IsDigit(function[decoration + 1]);

    /// <summary>An address with this many digits was printed.</summary>
    public void NoteAddress(int digits) => _widestAddress = Math.Max(_widestAddress, digits);

    public void Note(ThreadHeader header)
    {
        NoteAddress(header.AddressDigits);
        if (header.Kernel is not null)
            NoteKernel();
    }

    public void NoteKernel() => Session = SessionKind.Kernel;
}
