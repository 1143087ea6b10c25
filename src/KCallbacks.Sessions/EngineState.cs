using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>What the user has selected: process, thread and scope. Disposing it selects them again, whatever was done in between.</summary>
public sealed unsafe class EngineState : IDisposable
{
    private readonly DebugEngine _engine;
    private readonly uint? _process;
    private readonly uint? _thread;
    private readonly RegisterContext? _scopeContext;
    private readonly ulong _scopeInstruction;
    private readonly EngineStackFrame _scopeFrame;
    private readonly bool _hasScope;

    private EngineState(DebugEngine engine)
    {
        _engine = engine;
        DebugSystemObjects objects = engine.SystemObjects;
        _process = objects.TryGetCurrentProcessId(out uint process).Succeeded ? process : null;
        _thread = objects.TryGetCurrentThreadId(out uint thread).Succeeded ? thread : null;
        if (!engine.Control.TryGetActualProcessorType(out uint value).Succeeded || MachineType.Of(value) is not { } machine)
            return;
        _scopeContext = new RegisterContext(machine);
        _hasScope = engine.Symbols.TryGetScope(out _scopeInstruction, out _scopeFrame, _scopeContext.Bytes, _scopeContext.Size).Succeeded;
    }

    /// <summary>Notes what is selected.</summary>
    public static EngineState Save(DebugEngine engine) => new(engine);

    /// <summary>Selects it again. Never throws: a command that failed must be able to say why.</summary>
    public void Dispose()
    {
        if (_process is { } process)
            _ = _engine.SystemObjects.TrySetCurrentProcessId(process);
        if (_thread is { } thread)
            _ = _engine.SystemObjects.TrySetCurrentThreadId(thread);
        if (_hasScope)
            _ = _engine.Symbols.TrySetScope(_scopeInstruction, _scopeFrame, _scopeContext!.Bytes, _scopeContext.Size);
        _scopeContext?.Dispose();
    }
}
