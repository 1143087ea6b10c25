using KCallbacks.DbgEng;
using KCallbacks.Detection.Windows;
using KCallbacks.Sessions.Kernel;

namespace KCallbacks.Sessions;

/// <summary>What the user has selected: process, thread, machine, frame and scope. Disposing it selects them again, whatever was done in between.</summary>
/// <remarks>In a kernel session the threads are processors, of which none is selected here; <see cref="KernelSession"/> gives back the rest.</remarks>
public sealed unsafe class SavedSelection : IDisposable
{
    private const uint CountInlineFrames = 0;

    private readonly DebugEngine _engine;
    private readonly uint? _process;
    private readonly uint? _thread;
    private readonly uint? _machine;
    private readonly uint _frame;
    private readonly RegisterContext? _scopeContext;
    private readonly ulong _scopeInstruction;
    private readonly EngineStackFrame _scopeFrame;

    private SavedSelection(DebugEngine engine)
    {
        _engine = engine;
        if (!engine.Control.TryGetDebuggeeType(out DebuggeeClass kind, out _).Succeeded || kind != DebuggeeClass.Kernel)
        {
            _process = engine.SystemObjects.TryGetCurrentProcessId(out uint process).Succeeded ? process : null;
            _thread = engine.SystemObjects.TryGetCurrentThreadId(out uint thread).Succeeded ? thread : null;
        }

        _ = engine.Symbols.TryGetCurrentScopeFrameIndex(CountInlineFrames, out _frame);
        _machine = engine.Control.TryGetEffectiveProcessorType(out uint effective).Succeeded ? effective : null;
        // The scope's registers are those of the machine that .effmach shows, whatever the target's own is.
        if (CpuLayout.OfContext(effective) is { } machine)
            _scopeContext = ScopeContext(machine, out _scopeInstruction, out _scopeFrame);
    }

    /// <summary>Notes what is selected.</summary>
    public static SavedSelection Save(DebugEngine engine) => new(engine);

    /// <summary>
    /// Makes the target's own machine the effective one: under any other the engine hands out registers of another form, and walks
    /// nothing. The user's own comes back with the selection.
    /// </summary>
    /// <returns>The target's machine (<c>IMAGE_FILE_MACHINE_*</c>).</returns>
    /// <exception cref="EngineCallException">There is no session.</exception>
    internal static uint UseActualMachine(DebugEngine engine)
    {
        uint actual = engine.Control.GetActualProcessorType();
        if (engine.Control.TryGetEffectiveProcessorType(out uint effective).Succeeded && effective != actual)
            _ = engine.Control.TrySetEffectiveProcessorType(actual);
        return actual;
    }

    /// <summary>Selects it again. Never throws: a command that failed must be able to say why.</summary>
    public void Dispose()
    {
        if (_process is { } process)
            _ = _engine.SystemObjects.TrySetCurrentProcessId(process);
        if (_thread is { } thread)
            _ = _engine.SystemObjects.TrySetCurrentThreadId(thread);
        if (_machine is { } machine && _engine.Control.TryGetEffectiveProcessorType(out uint now).Succeeded && now != machine)
            _ = _engine.Control.TrySetEffectiveProcessorType(machine);
        if (_frame != 0)
            _ = _engine.Symbols.TrySetScopeFrameByIndex(CountInlineFrames, _frame);
        RestoreContextSetByUser();
        _scopeContext?.Dispose();
    }

    /// <summary>
    /// A context of <c>.cxr</c> or <c>.trap</c> is lost when threads are selected; that of a thread comes back with the thread, and
    /// setting it would make it a context set by the user.
    /// </summary>
    private void RestoreContextSetByUser()
    {
        if (_scopeContext is null)
            return;
        using RegisterContext? now = ScopeContext(_scopeContext.Machine, out _, out _);
        if (now is null || (now.InstructionPointer, now.StackPointer) != (_scopeContext.InstructionPointer, _scopeContext.StackPointer))
            _ = _engine.Symbols.TrySetScope(_scopeInstruction, _scopeFrame, _scopeContext.Bytes, _scopeContext.Size);
    }

    private RegisterContext? ScopeContext(CpuLayout machine, out ulong instruction, out EngineStackFrame frame)
    {
        var scope = new RegisterContext(machine);
        bool isRead = _engine.Symbols.TryGetScope(out instruction, out frame, scope.Bytes, scope.Size).Succeeded;
        // Of machines that the target cannot have, the engine hands out registers that are all 0.
        if (isRead && (scope.InstructionPointer, scope.StackPointer) != (0, 0))
            return scope;
        scope.Dispose();
        return null;
    }
}
