using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What a command typed at a prompt says of the output that follows it.</summary>
internal readonly record struct TypedCommand
{
    private static readonly SearchValues<byte> StackCommand = SearchValues.Create("kbcdfklLmMnpPrvx "u8);

    /// <summary>Commands that print one stack, of the current thread, without saying whose it is.</summary>
    private static readonly string[] StackExtensions = ["!mk", "!dumpstack", "!clrstack", "!sos.clrstack", "!sos.dumpstack"];

    /// <summary>Commands in whose output names, numbers and addresses stand, but no stacks.</summary>
    private static readonly string[] Listings =
    [
        "x", "ln", "u", "ub", "uf", "bl", "lm", "lmv", "lmvm", "dt", "dv", "r", "wt", "da", "du", "db", "dc", "dd", "dq", "dw", "dyb", ".frame", "!dlk", "!mlocks",
        "!mwaits", "!rwlock", "!syncblk", "!threads", "!handle", "!peb", "!teb", "!address", "!runaway", "!object",
    ];

    private static readonly string[] Resuming = ["g", "p", "t", "gu", "gh", "gn"];

    private readonly ImmutableArray<ThreadChoice> _shown;

    /// <summary>The output is a scan of the stack's words, not a walk.</summary>
    public bool IsRawScan { get; private init; }

    /// <summary>The output lists symbols, code or values, in which names stand but no stacks.</summary>
    public bool ListsSymbols { get; private init; }

    /// <summary>The output lists threads, but no stacks.</summary>
    public bool ListsThreads { get; private init; }

    /// <summary>The output is stacks, so that even a single name is one.</summary>
    public bool PrintsStacks { get; private init; }

    /// <summary>The target runs on, or another processor is looked at, so that what was selected before is so no more.</summary>
    public bool ResumesTarget { get; private init; }

    /// <summary>The target runs on, so that what was printed before says nothing of now.</summary>
    public bool RunsTarget { get; private init; }

    /// <summary>The threads whose stacks are printed without a line that names them, in their order.</summary>
    public ImmutableArray<ThreadChoice> Shown { get => _shown.IsDefault ? [] : _shown; private init => _shown = value; }

    /// <summary>Most frames the command prints per thread (<c>k 6</c>, <c>kL100</c>), read as hexadecimal and as decimal; null when it sets no limit.</summary>
    public (int Hexadecimal, int Decimal)? Limit { get; private init; }

    /// <summary>Reads what was typed, which may be several commands.</summary>
    /// <param name="typed">The text after the prompt.</param>
    /// <param name="current">The number of the current thread, which the prompt shows; null in a kernel session.</param>
    public static TypedCommand Read(ReadOnlySpan<byte> typed, uint? current)
    {
        var result = new TypedCommand();
        var thread = new ThreadChoice(current, SystemId: null);
        ImmutableArray<ThreadChoice> shown = [];
        foreach (Range part in typed.Split((byte)';'))
        {
            ThreadChoice chosen = thread;
            ReadOnlySpan<byte> command = SkipThread(typed[part].Trim(" \t"u8), ref chosen, out bool isChosen);
            if (isChosen && command.SequenceEqual("s"u8))
                thread = chosen;
            if (PrintsOneStack(command))
                shown = shown.Add(chosen);
            result = result with
            {
                IsRawScan = result.IsRawScan || IsScan(command),
                ListsSymbols = IsListing(command),
                ListsThreads = isChosen && command.IsEmpty,
                ResumesTarget = result.ResumesTarget || (isChosen && command.SequenceEqual("s"u8)) || StartsWithWord(command, Resuming),
                RunsTarget = result.RunsTarget || StartsWithWord(command, Resuming),
                PrintsStacks = result.PrintsStacks || command.StartsWith("k"u8) || command.StartsWith("!"u8),
                Limit = ReadLimit(command) ?? result.Limit,
                Shown = shown,
            };
        }

        return result;
    }

    /// <summary><c>~*k</c>, <c>~4 kb</c>, <c>~~[1a4c]kL</c>, <c>~* e k</c> name the threads before the command.</summary>
    private static ReadOnlySpan<byte> SkipThread(ReadOnlySpan<byte> command, ref ThreadChoice thread, out bool isChosen)
    {
        var line = new LineCursor(command);
        isChosen = line.TryTake((byte)'~');
        if (!isChosen)
            return command;

        if (line.TryTake("~["u8))
        {
            thread = line.TryTakeHex(out HexNumber id) ? new ThreadChoice(EngineId: null, (uint)id.Value) : default;
            line.Position += line.Rest.IndexOf((byte)']') + 1;
        }
        else if (line.TryTake((byte)'*') || line.TryTake((byte)'#'))
        {
            thread = default;
        }
        else if (!line.TryTake((byte)'.') && Utf8Parser.TryParse(line.Rest, out uint number, out int length))
        {
            thread = new ThreadChoice(number, SystemId: null);
            line.Position += length;
        }

        line.SkipBlanks();
        if (line.TryTake((byte)'e'))
            line.SkipBlanks();
        return line.Rest;
    }

    private static bool PrintsOneStack(ReadOnlySpan<byte> command)
    {
        if (command.StartsWith("k"u8))
            return command.IndexOfAnyExcept(StackCommand) is var end && (end < 0 || Letters.IsDigit(command[end]) || command[end] == '=');
        return StartsWithWord(command, StackExtensions);
    }

    private static bool IsScan(ReadOnlySpan<byte> command) =>
        command.StartsWith("dps"u8) || command.StartsWith("dds"u8) || command.StartsWith("dqs"u8) || command.StartsWith("dpx"u8)
        || Letters.StartsWithIgnoreCase(command, "!dumpstack"u8) || Letters.StartsWithIgnoreCase(command, "!eestack"u8)
        || (command.StartsWith("!"u8) && command.EndsWith(".dpx"u8));

    private static bool IsListing(ReadOnlySpan<byte> command) => StartsWithWord(command, Listings);

    /// <summary>Whether the first word of a command, which extensions spell in any case, is one of <paramref name="words"/>.</summary>
    private static bool StartsWithWord(ReadOnlySpan<byte> command, string[] words)
    {
        int end = command.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = end < 0 ? command : command[..end];
        foreach (string known in words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(word, known))
                return true;
        }

        return false;
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
