using System.Buffers;
using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The end of <c>!uniqstack</c>: <c>Duplicate callstacks: 2 (windbg thread #s follow):</c> and the numbers of threads that have
/// one of the stacks printed before. Which one is certain only when a single stack was printed.
/// </summary>
internal sealed class DuplicateStacks
{
    private static readonly SearchValues<byte> NumberList = SearchValues.Create("0123456789, \t"u8);

    private ThreadStack? _onlyStack;
    private int _stacks;
    private bool _listFollows;

    /// <summary>Counts the stacks that <c>!uniqstack</c> prints.</summary>
    public void Note(ThreadStack stack)
    {
        _stacks++;
        _onlyStack = _stacks == 1 ? stack : null;
    }

    /// <summary>Whether the line belongs to the summary; <paramref name="duplicates"/> are the threads it names.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out IReadOnlyList<ThreadStack> duplicates)
    {
        duplicates = [];
        if (text.StartsWith("Processing "u8) && text.IndexOf(" threads"u8) > 0)
        {
            _stacks = 0;
            return true;
        }

        if (text.StartsWith("Duplicate callstacks:"u8))
            return _listFollows = true;
        if (!_listFollows)
            return false;

        _listFollows = text.IndexOfAnyExcept(NumberList) < 0;
        if (!_listFollows)
            return false;
        duplicates = ReadNumbers(text);
        return true;
    }

    private List<ThreadStack> ReadNumbers(ReadOnlySpan<byte> text)
    {
        List<ThreadStack> duplicates = [];
        foreach (Range part in text.Split((byte)','))
        {
            ReadOnlySpan<byte> number = text[part].Trim(" \t"u8);
            if (uint.TryParse(number, out uint engineId))
                duplicates.Add(MakeDuplicate(engineId));
        }

        return duplicates;
    }

    private ThreadStack MakeDuplicate(uint engineId)
    {
        var thread = new ThreadIdentity(0, engineId.ToString(CultureInfo.InvariantCulture), engineId);
        if (_onlyStack is not null)
            return _onlyStack with { Thread = thread };
        return new ThreadStack
        {
            Thread = thread,
            Walk = WalkExtent.NotWalked,
            Problem = "its stack is one of those printed before; the text does not say which",
        };
    }
}
