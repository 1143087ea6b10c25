using System.Buffers;
using System.Buffers.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What a command typed at a prompt says of the output that follows it.</summary>
internal readonly record struct TypedCommand
{
    private static readonly SearchValues<byte> ThreadChoice = SearchValues.Create("~*.#0123456789 []e"u8);
    private static readonly SearchValues<byte> StackCommand = SearchValues.Create("kbcdfklLmMnpPrvx "u8);

    /// <summary>The output is a scan of the stack's words, not a walk.</summary>
    public bool IsRawScan { get; private init; }

    /// <summary>The output lists symbols or code, in which names stand but no stacks.</summary>
    public bool ListsSymbols { get; private init; }

    /// <summary>The output is stacks, so that even a single name is one.</summary>
    public bool PrintsStacks { get; private init; }

    /// <summary>Most frames the command prints per thread (<c>k 6</c>, <c>kL100</c>), read as hexadecimal and as decimal; null when it sets no limit.</summary>
    public (int Hexadecimal, int Decimal)? Limit { get; private init; }

    public static TypedCommand Read(ReadOnlySpan<byte> typed)
    {
        var result = new TypedCommand();
        foreach (Range part in typed.Split((byte)';'))
        {
            ReadOnlySpan<byte> command = SkipThread(typed[part].Trim(" \t"u8));
            result = result with
            {
                IsRawScan = result.IsRawScan || IsScan(command),
                ListsSymbols = IsListing(command),
                PrintsStacks = result.PrintsStacks || command.StartsWith("k"u8) || command.StartsWith("!"u8),
                Limit = ReadLimit(command) ?? result.Limit,
            };
        }

        return result;
    }

    /// <summary><c>~*k</c>, <c>~4 kb</c>, <c>~* e k</c> name the threads before the command.</summary>
    private static ReadOnlySpan<byte> SkipThread(ReadOnlySpan<byte> command)
    {
        if (!command.StartsWith("~"u8))
            return command;
        int end = command.IndexOfAnyExcept(ThreadChoice);
        return end < 0 ? default : command[end..];
    }

    private static bool IsScan(ReadOnlySpan<byte> command) =>
        command.StartsWith("dps"u8) || command.StartsWith("dds"u8) || command.StartsWith("dqs"u8) || command.StartsWith("dpx"u8)
        || Letters.StartsWithIgnoreCase(command, "!dumpstack"u8) || Letters.StartsWithIgnoreCase(command, "!eestack"u8)
        || (command.StartsWith("!"u8) && command.EndsWith(".dpx"u8));

    private static bool IsListing(ReadOnlySpan<byte> command)
    {
        int end = command.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = end < 0 ? command : command[..end];
        return word.SequenceEqual("x"u8) || word.SequenceEqual("ln"u8) || word.SequenceEqual("u"u8) || word.SequenceEqual("ub"u8)
            || word.SequenceEqual("uf"u8) || word.SequenceEqual("bl"u8) || word.SequenceEqual("lm"u8) || word.SequenceEqual("dt"u8);
    }

    private static (int, int)? ReadLimit(ReadOnlySpan<byte> command)
    {
        if (!command.StartsWith("k"u8))
            return null;

        int letters = command.IndexOfAnyExcept(StackCommand);
        ReadOnlySpan<byte> number = letters < 0 ? default : command[letters..];
        if (number.StartsWith("0n"u8))
            return IsNumber(number[2..], 'D', out int count) ? (count, count) : null;
        if (number.StartsWith("0x"u8))
            return IsNumber(number[2..], 'X', out int limit) ? (limit, limit) : null;
        if (!IsNumber(number, 'X', out int hexadecimal))
            return null;
        return (hexadecimal, IsNumber(number, 'D', out int value) ? value : hexadecimal);
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, char radix, out int value) =>
        Utf8Parser.TryParse(text, out value, out int used, radix) && used == text.Length && value > 0;
}
