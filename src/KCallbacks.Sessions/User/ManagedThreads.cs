using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.Clr;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>
/// The managed frames of threads, by the data access component that the engine has. It is asked for when the first thread needs it,
/// and never in a process without a .NET runtime: to make it, the engine may load files by the user's own settings.
/// </summary>
internal sealed class ManagedThreads : IDisposable
{
    /// <summary>Frames of a thread that are read; more are an endless recursion, whose outer end says no more.</summary>
    private const int MostFrames = 4096;

    private readonly DebugEngine _engine;
    private readonly CpuLayout _machine;
    private readonly string? _runtime;
    private readonly Dictionary<ulong, string> _names = [];
    private bool _isOpened;
    private ClrProcess? _process;
    private ClrData? _data;
    private ManagedLocks? _locks;
    private ManagedOwners? _owners;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="machine">The processor of the process's own code.</param>
    /// <param name="modules">The process's modules.</param>
    public ManagedThreads(DebugEngine engine, CpuLayout machine, ImmutableArray<Module> modules)
    {
        _engine = engine;
        _machine = machine;
        _runtime = modules.Select(module => module.Name).FirstOrDefault(name => SystemModules.Runtimes.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Why the runtime could not be asked; null when it could, or was not to be.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the runtime tells of a thread; null when it cannot be asked.</summary>
    public ManagedStack? Of(ThreadIdentity thread, IProcessView view)
    {
        if (_runtime is null || thread.SystemId is not { } id || !Open(view))
            return null;
        _process!.TryGetTask(id, out ClrTask? task);
        using (task)
        {
            // A thread that never ran managed code has no frames, and that is all there is to know.
            if (task is null || !task.TryCreateStackWalk(out ClrStackWalk? walk).Succeeded || walk is null)
                return new ManagedStack([], IsComplete: false);
            using (walk)
            {
                ImmutableArray<ManagedFrame> frames = FramesOf(walk, out bool isComplete);
                return _owners!.Complete(new ManagedStack(frames, isComplete, _locks!.WaitedFor(frames, view)), id);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data?.Dispose();
        _process?.Dispose();
    }

    private bool Open(IProcessView view)
    {
        if (_isOpened)
            return _data is not null;
        _isOpened = true;
        _process = ClrProcess.Open(_engine);
        if (_process is null)
        {
            Problem = $"managed code: the debugger has no data access component for {_runtime}, so managed frames are not read (.cordll -ve -u -l says why)";
            return false;
        }

        _process.TryFlush();
        _process.TryGetData(out _data);
        if (_data is null)
            Problem = $"managed code: the data access component for {_runtime} is of a version without the interface that names methods";
        else
            (_locks, _owners) = (new ManagedLocks(_data), new ManagedOwners(new ManagedObjects(_data, view), view));
        return _data is not null;
    }

    private unsafe ImmutableArray<ManagedFrame> FramesOf(ClrStackWalk walk, out bool isComplete)
    {
        var frames = new List<ManagedFrame>();
        using var context = new RegisterContext(_machine);
        isComplete = false;
        for (int i = 0; i < MostFrames; i++)
        {
            if (walk.TransitionFrame() is { } transition)
                frames.Add(new(transition, 0, "", ManagedFrameKind.Transition));
            else if (walk.TryGetContext(context.Bytes, context.Size, _machine.ContextFlags).Succeeded)
                frames.Add(FrameAt(context.InstructionPointer, context.StackPointer));
            HResult next = walk.TryNext();
            isComplete = next == HResult.False;
            if (next != HResult.Ok)
                break;
        }

        // The runtime tells of a transition before the method in which it is, although it lies further out.
        return [.. frames.OrderBy(frame => frame.StackPointer)];
    }

    private ManagedFrame FrameAt(ulong instructionPointer, ulong stackPointer)
    {
        if (!_names.TryGetValue(instructionPointer, out string? name))
            _names[instructionPointer] = name = NameAt(instructionPointer);
        return new(stackPointer, instructionPointer, name, ManagedName.KindOf(name));
    }

    private string NameAt(ulong instructionPointer) =>
        _data!.MethodAt(instructionPointer) is var method and not 0 && _data.NameOfMethod(method) is { } printed ? ManagedName.WithoutParameters(printed) : "";
}
