using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Owners;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The threads of a text, each once: people print the same stack with another command, or list threads before they print one. Threads
/// are held back until the text ends or so many wait that the next ones will hardly be about the first.
/// </summary>
internal sealed class PrintedThreads(PrintedWaits waits)
{
    private const int MostHeld = 4096;
    private const int MostFrames = 1 << 18;

    /// <summary>Without an id a stack is the same thread's only if it stands among the last ones.</summary>
    private const int Recent = 8;

    private readonly List<Held> _held = [];
    private readonly Dictionary<(char Kind, ulong Id), int> _byId = [];
    private readonly Queue<ThreadStack> _ready = new();
    private readonly ThreadNumbers _numbers = new();
    private int _frames;
    private int _position;

    /// <summary>The ids that rows without a stack give for one thread.</summary>
    public void Note(ThreadHeader header) => _numbers.Note(header.EngineId, header.SystemId);

    /// <summary>Takes a thread, in the order of the text.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="notes">What else the text says of it.</param>
    public void Add(ThreadStack stack, ThreadNotes notes)
    {
        _numbers.Note(stack.Thread.EngineId, stack.Thread.SystemId);
        int known = IndexOf(stack);
        if (known >= 0 && RepeatedStack.TryMerge(_held[known].Stack, stack) is { } merged)
        {
            _held[known] = new Held(merged, ThreadNotes.Merge(_held[known].Notes, notes));
            Register(merged.Thread, known);
            return;
        }

        if (_held.Count == MostHeld || _frames > MostFrames)
            Release();
        if (_held.Count == 0 || !_held[^1].Stack.Frames.Equals(stack.Frames))
            _frames += stack.Frames.Length;
        _held.Add(new Held(stack, notes));
        Register(stack.Thread, _held.Count - 1);
    }

    /// <summary>Gives the next thread that nothing can be added to any more.</summary>
    public bool TryTake(out ThreadStack stack) => _ready.TryDequeue(out stack!);

    /// <summary>The text has ended, or is about other threads from now on.</summary>
    public void Release()
    {
        foreach (Held held in _held)
        {
            ThreadStack stack = held.Stack with { Thread = _numbers.Complete(held.Stack.Thread) with { Position = _position++ } };
            waits.Add(stack, RepeatedStack.KernelAddress(stack.Thread), held.Notes);
            _ready.Enqueue(stack);
        }

        _held.Clear();
        _byId.Clear();
        _frames = 0;
    }

    private int IndexOf(ThreadStack stack)
    {
        foreach ((char Kind, ulong Id) id in IdsOf(_numbers.Complete(stack.Thread)))
        {
            if (_byId.TryGetValue(id, out int index) && !RepeatedStack.AreOthers(_held[index].Stack.Thread, stack.Thread))
                return index;
        }

        for (int index = _held.Count - 1; index >= Math.Max(0, _held.Count - Recent); index--)
        {
            if (!RepeatedStack.AreOthers(_held[index].Stack.Thread, stack.Thread) && RepeatedStack.LieAtSamePlace(_held[index].Stack, stack))
                return index;
        }

        return -1;
    }

    private void Register(ThreadIdentity thread, int index)
    {
        foreach ((char Kind, ulong Id) id in IdsOf(thread))
            _byId[id] = index;
    }

    private static IEnumerable<(char Kind, ulong Id)> IdsOf(ThreadIdentity thread)
    {
        if (thread.SystemId is { } systemId)
            yield return ('s', systemId);
        if (thread.EngineId is { } engineId)
            yield return ('e', engineId);
        if (RepeatedStack.KernelAddress(thread) is { } address)
            yield return ('k', address);
    }

    /// <summary>A thread to which the text may still add.</summary>
    private sealed record Held(ThreadStack Stack, ThreadNotes Notes);
}
