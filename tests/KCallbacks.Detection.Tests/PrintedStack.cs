using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests;

/// <summary>Stacks written down as a debugger prints their call sites: <c>module!function+0x14</c>, innermost first.</summary>
internal static class PrintedStack
{
    /// <summary>A thread with these frames, separated by semicolons or line ends; <c>0x7ff812345678</c> is a frame without a name.</summary>
    public static ThreadStack Of(string frames, WalkExtent walk = WalkExtent.Complete) => new()
    {
        Thread = new(0),
        Walk = walk,
        Frames = [.. frames.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Frame)],
    };

    /// <summary>The verdict on these frames when nothing else is known.</summary>
    public static ThreadFinding Judge(string frames, WalkExtent walk = WalkExtent.Complete) =>
        new CallbackDetector(new UnknownProcess()).Judge(Of(frames, walk));

    /// <summary>One frame.</summary>
    public static StackFrame Frame(string callSite)
    {
        if (callSite.StartsWith("0x", StringComparison.Ordinal))
            return new(null, null, null, Hex(callSite[2..]));
        int bang = callSite.IndexOf('!', StringComparison.Ordinal);
        int plus = callSite.LastIndexOf("+0x", StringComparison.Ordinal);
        string name = plus < 0 ? callSite : callSite[..plus];
        ulong? displacement = plus < 0 ? null : Hex(callSite[(plus + 3)..]);
        return bang < 0 && plus >= 0
            ? new(name, null, displacement)
            : new(bang < 0 ? null : name[..bang], name[(bang + 1)..], displacement);
    }

    private static ulong Hex(string digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
