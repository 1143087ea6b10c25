using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// What names the threads of a text: lines above their stacks, and where there is none the prompt and the command typed there. A kernel
/// debugger's prompt shows the processor; there the thread is the one selected with <c>.thread</c>.
/// </summary>
internal sealed class ThreadNaming
{
    private readonly ClrStackHead _clrStack = new();
    private readonly LockOwner _owner = new();
    private ImmutableQueue<ThreadChoice> _shown = [];
    private ThreadHeader? _selected;
    private bool _isKernel;
    private long _listedLine = -1;

    /// <summary>A command was typed; its output follows.</summary>
    public void Note(in Prompt prompt, in TypedCommand command)
    {
        _isKernel = prompt.IsKernel;
        _shown = ImmutableQueue.CreateRange(command.Shown);
        if (command.ResumesTarget)
            _selected = null;
    }

    /// <summary>The output of the command typed last has ended.</summary>
    public void EndCommand() => _shown = [];

    /// <summary>Whether the line names a thread; <paramref name="header"/> is what it says, null when the next line says it.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out ThreadHeader? header)
    {
        if (_clrStack.TryRead(line, out header) || _owner.TryRead(line, out header))
            return true;
        header = ThreadHeaders.TryRead(line);
        if (header is { Selects: true })
            _selected = header with { NeedsFrames = false };
        return header is not null;
    }

    /// <summary>Whether a header and the one before it are rows of a list of threads, which have no blank line between them.</summary>
    public bool IsRowOfList(ThreadHeader header, long lineNumber)
    {
        if (!header.IsListed)
            return false;
        bool follows = lineNumber == _listedLine + 1;
        _listedLine = lineNumber;
        return follows;
    }

    /// <summary>What names the next stack that no line names; null when nothing does.</summary>
    public ThreadHeader? NextUnnamed()
    {
        if (_shown.IsEmpty)
            return null;

        _shown = _shown.Dequeue(out ThreadChoice choice);
        if (_isKernel)
            return _selected;
        return choice is { EngineId: null, SystemId: null } ? null : new ThreadHeader
        {
            Printed = choice.EngineId?.ToString(CultureInfo.InvariantCulture) ?? choice.SystemId?.ToString("x", CultureInfo.InvariantCulture),
            EngineId = choice.EngineId,
            SystemId = choice.SystemId,
        };
    }
}
