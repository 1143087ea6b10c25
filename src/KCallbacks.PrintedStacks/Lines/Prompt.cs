using System.Buffers;
using System.Globalization;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Recognises a debugger's prompt: <c>0:000></c>, <c>0:014:x86></c>, <c>kd></c>, <c>1: kd></c>, <c>lkd></c>, <c>0: kd:x86></c>.</summary>
internal readonly ref struct Prompt
{
    private const int Longest = 24;

    private static readonly SearchValues<byte> BeforeKd = SearchValues.Create("0123456789abcdef: l"u8);

    /// <summary>The command typed after the prompt; may be empty.</summary>
    public ReadOnlySpan<byte> Command { get; private init; }

    public bool IsKernel { get; private init; }

    /// <summary>The debugger's number of the current thread; null in a kernel session, whose prompt shows the processor.</summary>
    public uint? Thread { get; private init; }

    /// <summary>The debugger's number of the current process; null in a kernel session.</summary>
    public uint? Process { get; private init; }

    /// <summary>The machine type the engine was set to, for example <c>x86</c>; empty when the prompt does not say.</summary>
    public ReadOnlySpan<byte> Machine { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> text, out Prompt prompt)
    {
        prompt = default;
        var line = new LineCursor(text);
        line.SkipBlanks();
        int end = line.Rest[..Math.Min(line.Rest.Length, Longest)].IndexOf((byte)'>');
        if (end < 2)
            return false;

        // Markdown escapes the sign.
        ReadOnlySpan<byte> head = line.Rest[..end].TrimEnd((byte)'\\');
        uint? thread = null;
        uint? process = null;
        bool isKernel = TryFindKernel(head, out int machine);
        if (!isKernel && !TrySkipUser(head, out machine, out process, out thread))
            return false;

        prompt = new Prompt
        {
            IsKernel = isKernel,
            Thread = thread,
            Process = process,
            Machine = head[machine..].TrimStart((byte)':'),
            Command = line.Rest[(end + 1)..].Trim(" \t"u8),
        };
        return true;
    }

    private static bool TryFindKernel(ReadOnlySpan<byte> head, out int behind)
    {
        int kd = head.IndexOf("kd"u8);
        behind = kd + 2;
        return kd >= 0
            && head[..kd].IndexOfAnyExcept(BeforeKd) < 0
            && (behind == head.Length || head[behind] == ':');
    }

    private static bool TrySkipUser(ReadOnlySpan<byte> head, out int behind, out uint? process, out uint? thread)
    {
        var cursor = new LineCursor(head);
        int beginning = cursor.Position;
        bool read = Letters.IsDigit(cursor.Next) && cursor.TryTakeHex(out _) && cursor.TryTake((byte)':');
        process = read && uint.TryParse(head[beginning..(cursor.Position - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out uint first) ? first : null;
        int start = cursor.Position;
        read = read && cursor.TryTakeHex(out _) && (cursor.AtEnd || cursor.Next == ':');
        behind = cursor.Position;
        thread = read && uint.TryParse(head[start..behind], NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
        return read;
    }
}
