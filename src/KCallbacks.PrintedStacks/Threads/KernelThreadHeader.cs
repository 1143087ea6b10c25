using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// <c>THREAD ffffcb088f0a4480  Cid 0e34.3814  Teb: 0000001a27ca6000 Win32Thread: ... WAIT: (UserRequest) UserMode</c>,
/// the line of <c>!thread</c> and <c>!process 7</c>, and <c>Implicit thread is now ffffcb08`8f0a4480</c>, the answer of <c>.thread</c>.
/// </summary>
internal static class KernelThreadHeader
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        bool changesContext = line.TryTake("Implicit thread is now"u8);
        if (!changesContext && !line.TryTake("THREAD"u8))
            return null;

        line.SkipBlanks();
        int start = line.Position;
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8 || !line.AtGap)
            return null;

        (uint? process, uint? thread) = ReadClientId(line.Rest);
        string printed = Encoding.ASCII.GetString(text[start..line.Position]);
        return new ThreadHeader
        {
            Printed = printed,
            NeedsFrames = changesContext,
            Selects = changesContext,
            AddressDigits = address.Digits,
            SystemId = thread,
            ProcessId = process,
            Kernel = KernelNotes.Read(line.Rest, new KernelState()),
        };
    }

    private static (uint? Process, uint? Thread) ReadClientId(ReadOnlySpan<byte> text)
    {
        int cid = text.IndexOf("Cid"u8);
        if (cid < 0)
            return default;

        var line = new LineCursor(text) { Position = cid + 3 };
        line.TryTake((byte)':');
        line.SkipBlanks();
        bool read = line.TryTakeHex(out HexNumber process) & line.TryTake((byte)'.') & line.TryTakeHex(out HexNumber thread);
        return read ? ((uint)process.Value, (uint)thread.Value) : default;
    }
}
