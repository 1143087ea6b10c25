using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Tells what of a thread its wait needs, so that no more is read and walked of the thousands that wait for nobody.</summary>
/// <param name="process">The process.</param>
internal sealed class WaitNeeds(IProcessView process)
{
    /// <summary>Between a system call and the frames of COM that make it lie those of KernelBase or of RPC.</summary>
    private const int WordsOfWait = 0x100;

    private readonly SystemCallReader _calls = new(process);
    private readonly ModuleMap _modules = new(process.Modules);
    private readonly Dictionary<ulong, bool> _isNtdll = [];

    /// <summary>COM, which waits in calls of others; most processes without windows have it not.</summary>
    private readonly Module[] _com = [.. process.Modules.Where(module => ComCall.IsModule(module.Name))];

    /// <summary>Where registers hold nothing of the call, its caller may keep an argument.</summary>
    private readonly bool _areArgumentsLost = process is { Architecture: Architecture.X64, IsWine: false, WindowsBuild: < BlockedContext.FirstBuildWithTwoArguments };

    /// <summary>What is needed of a thread.</summary>
    /// <param name="stack">The thread with its registers.</param>
    /// <param name="readsRegisters">Whether it stands where a thread does that writes a dump.</param>
    public WaitNeed Of(ThreadStack stack, out bool readsRegisters)
    {
        bool hasOtherHalf = stack.Wow64Half is { InstructionPointer: not 0 };
        ThreadStack half = hasOtherHalf ? stack.Wow64Half! : stack;
        Architecture architecture = hasOtherHalf ? Architecture.X86 : process.Architecture;
        SystemCall? call = _calls.In(half, architecture);
        readsRegisters = call?.Is(DumpWriting.Service) == true;
        return call is null ? WaitNeed.Nothing : Of(half, architecture, call);
    }

    private WaitNeed Of(ThreadStack stack, Architecture architecture, SystemCall call) => call.Blocking switch
    {
        BlockingService.Object or BlockingService.Alert or BlockingService.KeyedEvent =>
            _areArgumentsLost || IsMadeByNtdll(stack, architecture) || IsMadeByCom(stack) ? WaitNeed.Frames : WaitNeed.Nothing,
        // The number of the call that waits by address differs with updates, so it may be that one.
        BlockingService.None => call.Name is null && IsMadeByNtdll(stack, architecture) ? WaitNeed.Frames : WaitNeed.Nothing,
        BlockingService.Message => WaitNeed.Arguments,
        BlockingService.Objects or BlockingService.ObjectsOrMessages => IsMadeByCom(stack) ? WaitNeed.Frames : WaitNeed.Arguments,
        BlockingService.Call => IsMadeByCom(stack) ? WaitNeed.Frames : WaitNeed.Nothing,
        _ => WaitNeed.Nothing,
    };

    /// <summary>Locks are ntdll's own; other waits are called by other modules. On x86 the stub, or what it calls, may have a return address of its own.</summary>
    private bool IsMadeByNtdll(ThreadStack stack, Architecture architecture)
    {
        var words = new StackBytes(stack, process);
        uint size = architecture == Architecture.X86 ? sizeof(uint) : (uint)sizeof(ulong);
        ulong slot = stack.StackPointer + (architecture == Architecture.X86 && _calls.IsFastCall(stack.InstructionPointer) ? size : 0);
        ulong? caller = size == sizeof(uint)
            ? words.TryReadUInt32(slot, out uint narrow) ? narrow : null
            : words.TryReadUInt64(slot, out ulong wide) ? wide : null;
        return caller is { } address && IsNtdll(address);
    }

    /// <summary>Whether a word near the stack pointer lies in COM; its frames tell then whether that is a call.</summary>
    private bool IsMadeByCom(ThreadStack stack)
    {
        if (_com.Length == 0 || process.Architecture != Architecture.X64)
            return false;
        ulong from = stack.StackPointer;
        ReadOnlySpan<ulong> words = new StackBytes(stack, process).WordsFrom<ulong>(ref from);
        foreach (ulong word in words[..Math.Min(words.Length, WordsOfWait)])
        {
            foreach (Module module in _com)
            {
                if (word - module.Base < module.Size)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Thousands of threads return to the same few places.</summary>
    private bool IsNtdll(ulong address)
    {
        if (!_isNtdll.TryGetValue(address, out bool isNtdll))
            _isNtdll[address] = isNtdll = _modules.At(address) is { } module && ModuleName.Recognise(module.Name) == SystemModule.Ntdll;
        return isNtdll;
    }
}
