using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions.User;

/// <summary>Walks the 32-bit half of WoW64 threads with the engine, which walks 32-bit code only while that is its effective machine.</summary>
internal sealed class Wow64HalfWalker(DebugEngine engine, IProcessView process) : IDisposable
{
    private readonly EngineStackWalker _walker = new(engine, process);
    private readonly RegisterContext _context = new(CpuLayout.X86);

    /// <summary>Adds the frames to the half.</summary>
    /// <param name="half">What was read of it.</param>
    /// <param name="registers">Its registers.</param>
    public ThreadStack Walk(ThreadStack half, Wow64Registers registers)
    {
        _context.CopyFrom(registers.Context);
        uint machine = engine.Control.GetActualProcessorType();
        HResult result = engine.Control.TrySetEffectiveProcessorType(CpuLayout.X86.Machine);
        if (!result.Succeeded)
            return half with { Walk = WalkExtent.Failed, Problem = half.Problem ?? $"the engine does not walk 32-bit code of this process ({result})" };
        try
        {
            return _walker.Walk(half, default, _context);
        }
        finally
        {
            _ = engine.Control.TrySetEffectiveProcessorType(machine);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
