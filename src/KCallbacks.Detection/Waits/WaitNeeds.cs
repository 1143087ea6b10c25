using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Tells what of a thread its wait needs, so that no more is read and walked of the thousands that wait for nobody.</summary>
/// <param name="process">The process.</param>
internal sealed class WaitNeeds(IProcessView process)
{
    private readonly SystemCallReader _calls = new(process);
    private readonly ModuleMap _modules = new(process.Modules);

    /// <summary>Where registers hold nothing of the call, its caller may keep an argument.</summary>
    private readonly bool _areArgumentsLost = process is { Architecture: Architecture.X64, WindowsBuild: < BlockedContext.FirstBuildWithTwoArguments };

    /// <summary>What is needed of a thread.</summary>
    /// <param name="stack">The thread with its registers.</param>
    public WaitNeed Of(ThreadStack stack)
    {
        if (stack.Wow64Half is { InstructionPointer: not 0 } half)
            return Of(half, Architecture.X86);
        return Of(stack, process.Architecture);
    }

    /// <summary>Whether a thread of a dump stands where the one that writes it does.</summary>
    /// <param name="stack">The thread with its registers.</param>
    public bool WritesDump(ThreadStack stack) => _calls.In(stack, process.Architecture)?.Is(DumpWriting.Service) == true;

    private WaitNeed Of(ThreadStack stack, Architecture architecture)
    {
        if (_calls.In(stack, architecture) is not { } call)
            return WaitNeed.Nothing;
        return BlockingServices.KindOf(call.Service) switch
        {
            BlockingService.Object or BlockingService.Alert or BlockingService.KeyedEvent =>
                _areArgumentsLost || IsMadeByNtdll(stack, architecture) ? WaitNeed.Frames : WaitNeed.Nothing,
            // The number of the call that waits by address differs with updates, so it may be that one.
            BlockingService.None => call.Name is null && IsMadeByNtdll(stack, architecture) ? WaitNeed.Frames : WaitNeed.Nothing,
            BlockingService.Message or BlockingService.Objects or BlockingService.ObjectsOrMessages => WaitNeed.Arguments,
            _ => WaitNeed.Nothing,
        };
    }

    /// <summary>Locks are ntdll's own; other waits are called by other modules. On x86 the stub, or what it calls, may have a return address of its own.</summary>
    private bool IsMadeByNtdll(ThreadStack stack, Architecture architecture)
    {
        var words = new Memory.StackBytes(stack, process);
        uint size = architecture == Architecture.X86 ? sizeof(uint) : (uint)sizeof(ulong);
        ulong slot = stack.StackPointer + (architecture == Architecture.X86 && _calls.IsFastCall(stack.InstructionPointer) ? size : 0);
        ulong? caller = size == sizeof(uint)
            ? words.TryReadUInt32(slot, out uint narrow) ? narrow : null
            : words.TryReadUInt64(slot, out ulong wide) ? wide : null;
        return caller is { } address && _modules.At(address) is { } module && ModuleName.Recognise(module.Name) == SystemModule.Ntdll;
    }
}
