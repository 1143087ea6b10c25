using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>What the user has selected: process, thread, frame and scope. Disposing it selects them again, whatever was done in between.</summary>
public sealed unsafe class EngineState : IDisposable
{
    private const uint CountInlineFrames = 0;

    private readonly DebugEngine _engine;
    private readonly uint? _process;
    private readonly uint? _thread;
    private readonly uint _frame;
    private readonly RegisterContext? _scopeContext;
    private readonly ulong _scopeInstruction;
    private readonly EngineStackFrame _scopeFrame;

    private EngineState(DebugEngine engine)
    {
        _engine = engine;
        _process = engine.SystemObjects.TryGetCurrentProcessId(out uint process).Succeeded ? process : null;
        _thread = engine.SystemObjects.TryGetCurrentThreadId(out uint thread).Succeeded ? thread : null;
        _ = engine.Symbols.TryGetCurrentScopeFrameIndex(CountInlineFrames, out _frame);
        if (engine.Control.TryGetActualProcessorType(out uint value).Succeeded && MachineType.Of(value) is { } machine)
            _scopeContext = ContextSetByUser(machine, out _scopeInstruction, out _scopeFrame);
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
        if (_scopeContext is not null)
            _ = _engine.Symbols.TrySetScope(_scopeInstruction, _scopeFrame, _scopeContext.Bytes, _scopeContext.Size);
        else if (_frame != 0)
            _ = _engine.Symbols.TrySetScopeFrameByIndex(CountInlineFrames, _frame);
        _scopeContext?.Dispose();
    }

    /// <summary>
    /// The context of <c>.cxr</c> or <c>.frame /c</c>; null when the scope is the thread's own. Setting that one would make it a
    /// context set by the user.
    /// </summary>
    private RegisterContext? ContextSetByUser(MachineType machine, out ulong instruction, out EngineStackFrame frame)
    {
        using var own = new RegisterContext(machine);
        var scope = new RegisterContext(machine);
        if (_engine.Symbols.TryGetScope(out instruction, out frame, scope.Bytes, scope.Size).Succeeded
            && _engine.Advanced.TryGetThreadContext(own.Bytes, own.Size).Succeeded
            && (scope.InstructionPointer, scope.StackPointer) != (own.InstructionPointer, own.StackPointer))
        {
            return scope;
        }

        scope.Dispose();
        return null;
    }
}
