using KCallbacks.Detection;
using KCallbacks.Recordings.Text.Frames;
using KCallbacks.Recordings.Text.Lines;

namespace KCallbacks.Recordings.Text.Threads;

/// <summary>What the text lets guess of its target: architecture by the width of addresses, kernel or user session by prompts and frames.</summary>
internal sealed class TargetTraits
{
    private const int DigitsOf32Bits = 8;

    private int _widestAddress;
    private Architecture _stated;

    public Architecture Architecture => _stated != Architecture.Unknown ? _stated : _widestAddress switch
    {
        0 => Architecture.Unknown,
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

        // The label exists in ARM64's ntdll alone.
        if (frame.Function.SequenceEqual("KiUserCallbackDispatcherReturn"u8))
            _stated = Architecture.Arm64;
    }

    /// <summary>An address of so many digits was printed.</summary>
    public void NoteAddress(int digits) => _widestAddress = Math.Max(_widestAddress, digits);

    public void NoteKernel() => Session = SessionKind.Kernel;
}
