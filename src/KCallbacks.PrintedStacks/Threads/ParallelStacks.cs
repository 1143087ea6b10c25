using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The stacks of <c>parallelstacks</c> (dotnet-dump) and <c>pstacks</c>: trees, in which the frames that threads share stand once, after the
/// frames of each group that they call. A line counts the threads that have its frame, which says how many of the groups before it those are.
/// </summary>
internal sealed class ParallelStacks
{
    /// <summary>Groups of one tree that are kept; no process has more threads.</summary>
    private const int MostGroups = 1 << 16;

    private const int MostFrames = 1 << 12;

    private readonly List<Group> _groups = [];
    private bool _isOpen;

    private static ReadOnlySpan<byte> Separator => "________"u8;

    private static ReadOnlySpan<byte> GroupHead => "~~~~ "u8;

    /// <summary>Whether the line belongs to such a tree.</summary>
    /// <param name="text">The line.</param>
    /// <param name="finished">The threads of the trees that it ends.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out ImmutableArray<ThreadStack> finished)
    {
        finished = [];
        ReadOnlySpan<byte> line = text.Trim(" \t"u8);
        if (line.StartsWith(GroupHead))
            return Begin(line[GroupHead.Length..]);
        if (!_isOpen)
            return false;
        if (line.StartsWith(Separator) || line.StartsWith("==> "u8))
        {
            finished = Finish();
            return true;
        }

        return TryReadFrame(line);
    }

    /// <summary>Ends the tree that is being read; gives its threads.</summary>
    public ImmutableArray<ThreadStack> Finish()
    {
        ImmutableArray<ThreadStack> threads = [.. _groups.SelectMany(group => group.Threads())];
        _groups.Clear();
        _isOpen = false;
        return threads;
    }

    /// <summary><c>~~~~ 5a4,5b0...</c>: the ids of the threads, of which the dots stand for more.</summary>
    private bool Begin(ReadOnlySpan<byte> ids)
    {
        var group = new Group();
        foreach (Range part in ids.Split((byte)','))
        {
            var id = new LineCursor(ids[part].Trim(" ."u8));
            if (!id.TryTakeHex(out HexNumber number) || !id.AtEnd || number.Value > uint.MaxValue)
                return _isOpen;
            group.Ids.Add((uint)number.Value);
        }

        if (_groups.Count < MostGroups)
            _groups.Add(group);
        return _isOpen = true;
    }

    /// <summary><c>    3 System.Threading.Thread.Sleep(Int32)</c>.</summary>
    private bool TryReadFrame(ReadOnlySpan<byte> line)
    {
        int blank = line.IndexOf((byte)' ');
        if (blank <= 0 || _groups.Count == 0 || !int.TryParse(line[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return false;
        ReadOnlySpan<byte> name = line[(blank + 1)..].TrimStart((byte)' ');
        int length = FunctionText.Measure(name);
        if (length == 0)
            return false;
        string method = Encoding.UTF8.GetString(name[..length]);
        if (_groups[^1].Count == 0)
            _groups[^1].Count = count;
        int open = count;
        for (int i = _groups.Count - 1; i >= 0 && open > 0; i--)
        {
            open -= _groups[i].Count;
            // A count that ends within a group is damaged.
            if (open >= 0 && _groups[i].Frames.Count < MostFrames)
                _groups[i].Frames.Add(new StackFrame(null, method, null));
        }

        return true;
    }

    /// <summary>Threads that stand in the same place.</summary>
    private sealed class Group
    {
        public List<uint> Ids { get; } = [];

        public List<StackFrame> Frames { get; } = [];

        public int Count { get; set; }

        public IEnumerable<ThreadStack> Threads()
        {
            ImmutableArray<StackFrame> frames = [.. Frames];
            ManagedStack? managed = ManagedPrint.Of(frames);
            return Ids.Select(id => new ThreadStack
            {
                Thread = new ThreadIdentity(0, id.ToString("x", CultureInfo.InvariantCulture), SystemId: id),
                Frames = frames,
                Walk = WalkExtent.Truncated,
                Missing = MissingFrames.Inner,
                Managed = managed,
            });
        }
    }
}
