using System.Buffers;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Recognises a debugger's prompt: <c>0:000></c>, <c>0:014:x86></c>, <c>kd></c>, <c>1: kd></c>, <c>lkd></c>, <c>0: kd:x86></c>.</summary>
internal readonly ref struct Prompt
{
    private const int Longest = 24;

    private static readonly SearchValues<byte> BeforeKd = SearchValues.Create("0123456789abcdef: l"u8);

    /// <summary>The command typed behind the prompt; may be empty.</summary>
    public ReadOnlySpan<byte> Command { get; private init; }

    public bool IsKernel { get; private init; }

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

        ReadOnlySpan<byte> head = line.Rest[..end];
        bool isKernel = TryFindKernel(head, out int machine);
        if (!isKernel && !TrySkipUser(head, out machine))
            return false;

        prompt = new Prompt
        {
            IsKernel = isKernel,
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

    private static bool TrySkipUser(ReadOnlySpan<byte> head, out int behind)
    {
        var cursor = new LineCursor(head);
        bool read = Letters.IsDigit(cursor.Next)
            && cursor.TryTakeHex(out _)
            && cursor.TryTake((byte)':')
            && cursor.TryTakeHex(out _)
            && (cursor.AtEnd || cursor.Next == ':');
        behind = cursor.Position;
        return read;
    }
}
