using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>The frames read so far: most threads of a hung program came the same way as another one. Safe to use from several threads.</summary>
internal sealed class ReadFramesCache
{
    /// <summary>Stacks remembered per innermost instruction; threads that all differ must not be held against thousands each.</summary>
    private const int MostPerPlace = 32;

    /// <summary>Frames remembered, some megabytes.</summary>
    private const int MostFrames = 1 << 16;

    private readonly FrameReadingCache _readings = new();
    private readonly ConcurrentDictionary<ulong, ImmutableArray<ReadFrames>> _known = new();
    private int _frames;

    /// <summary>Reads the frames of a thread. Those without addresses, as printed stacks have, cost more to find again than to read.</summary>
    public ReadFrames Of(ThreadStack stack)
    {
        if (stack.Frames is not [{ InstructionPointer: var place and not 0 }, ..])
            return Read(stack);
        ImmutableArray<ReadFrames> known = _known.GetValueOrDefault(place, []);
        foreach (ReadFrames frames in known)
        {
            if (frames.AreOf(stack))
                return frames;
        }

        ReadFrames read = Read(stack);
        if (known.Length < MostPerPlace && Interlocked.Add(ref _frames, stack.Frames.Length) <= MostFrames)
            _known[place] = known.Add(read);
        return read;
    }

    private ReadFrames Read(ThreadStack stack)
    {
        bool isRawScan = stack.Walk == WalkExtent.RawScan;
        return new ReadFrames(stack.Frames, FrameEvidence.Of(stack.Frames, _readings, isRawScan), isRawScan);
    }
}
