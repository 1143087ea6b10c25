using System.Globalization;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Takes from the lines below <c>THREAD ...</c> what the kernel's structures say of the thread.</summary>
internal static class KernelNotes
{
    /// <summary>Adds what <paramref name="text"/> says to what was known before.</summary>
    public static KernelState Read(ReadOnlySpan<byte> text, KernelState known)
    {
        if (TryReadNumber(text, "Teb:"u8, out ulong teb) && teb == 0)
            known = known with { IsSystemThread = true };
        if (TryReadWaitReason(text, out string? reason))
            known = known with { WaitReason = reason, IsWaiting = true };
        else if (text.IndexOf(" RUNNING on processor"u8) >= 0 || text.IndexOf(" READY on processor"u8) >= 0 || text.IndexOf(" STANDBY on processor"u8) >= 0)
            known = known with { IsWaiting = false };
        if (TryReadWaitTime(text, out TimeSpan time))
            known = known with { WaitTime = time };

        // _KTHREAD.CallbackStack on XP to 7; on Windows 8 and later the line always says 0, which proves nothing.
        if (TryReadNumber(text, " Call "u8, out ulong callbackStack) && callbackStack != 0)
            known = known with { HasCallbackStack = true };
        return known;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ulong value)
    {
        value = 0;
        int index = text.IndexOf(name);
        if (index < 0)
            return false;

        var line = new LineCursor(text) { Position = index + name.Length };
        line.SkipBlanks();
        bool read = line.TryTakeHex(out HexNumber number);
        value = number.Value;
        return read;
    }

    /// <summary><c>WAIT: (UserRequest) UserMode</c></summary>
    private static bool TryReadWaitReason(ReadOnlySpan<byte> text, out string? reason)
    {
        reason = null;
        int start = text.IndexOf("WAIT: ("u8);
        if (start < 0)
            return false;

        ReadOnlySpan<byte> rest = text[(start + 7)..];
        int end = rest.IndexOf((byte)')');
        reason = end > 0 ? Encoding.UTF8.GetString(rest[..end]) : null;
        return end > 0;
    }

    /// <summary><c>Ticks: 405945 (0:01:45:32.782)</c>: days, hours, minutes, seconds.</summary>
    private static bool TryReadWaitTime(ReadOnlySpan<byte> text, out TimeSpan time)
    {
        time = default;
        int ticks = text.IndexOf("Ticks: "u8);
        if (ticks < 0)
            return false;

        ReadOnlySpan<byte> rest = text[ticks..];
        int open = rest.IndexOf((byte)'(');
        int close = rest.IndexOf((byte)')');
        return open > 0 && close > open
            && TimeSpan.TryParse(Encoding.UTF8.GetString(rest[(open + 1)..close]), CultureInfo.InvariantCulture, out time);
    }
}
