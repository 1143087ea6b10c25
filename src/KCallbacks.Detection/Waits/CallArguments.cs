using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>The arguments of the system call in which a thread stands, as far as the thread itself shows them.</summary>
/// <remarks>
/// On x64 the number in Rax must be the stub's; for the third and fourth argument R10 and R11 must equal Rcx as well
/// (<see cref="BlockedContext"/>). Arguments from the fifth on lie on the stack, on x86 all.
/// </remarks>
internal sealed class CallArguments
{
    private const int InRegisters = 4;

    private static readonly string[] RegisterNames = ["rcx", "rdx", "r8", "r9"];

    private readonly BlockedThread _thread;
    private readonly X64CallRegisters _registers;
    private readonly int _firstRegister;
    private readonly int _endOfRegisters;

    /// <param name="thread">The thread.</param>
    public CallArguments(BlockedThread thread)
    {
        _thread = thread;
        _registers = thread.Stack.CallRegisters ?? default;
        _endOfRegisters = thread.Stack.CallRegisters is null || Is32Bit ? 0 : Held(_registers, thread.Call, thread.Process.IsWine ? null : thread.Process.WindowsBuild); // Wine names any build
        _firstRegister = thread.Process.IsWine ? 1 : 0; // under Wine 8 Rcx holds something else
    }

    private bool Is32Bit => _thread.Architecture == Architecture.X86;

    /// <summary>The argument, counted from 0; null when it is not known.</summary>
    public ulong? this[int index] => IsKept(index) ? _thread.Input.FirstArgument
        : IsPrinted(index) ? _thread.Input.PrintedArguments[index]
        : IsInRegister(index) ? InRegister(index) : OnStack(index);

    /// <summary>Where the argument was found, in words.</summary>
    public string SourceOf(int index) => string.Concat(
        IsKept(index) ? "the argument that the kernel keeps" : IsPrinted(index) ? "an argument that is printed" : IsInRegister(index) ? RegisterNames[index] : "an argument on the stack",
        " of ",
        _thread.CallName);

    private static int Held(X64CallRegisters registers, SystemCall call, int? build)
    {
        if (call.Code is not { Form: StubForm.X64Short or StubForm.X64WithInterrupt } code || registers.Rax != code.Number)
            return 0;
        if (build is < BlockedContext.FirstBuildWithTwoArguments || (build is null && code.Form == StubForm.X64Short))
            return 0;
        bool hasFour = build >= BlockedContext.FirstBuildWithFourArguments && registers.R10 == registers.Rcx && registers.R11 == registers.Rcx;
        return hasFour ? InRegisters : 2;
    }

    private bool IsKept(int index) => index == 0 && _thread.Input.FirstArgument is not null;

    private bool IsPrinted(int index) => index < _thread.Input.PrintedArguments.Length;

    private bool IsInRegister(int index) => !Is32Bit && index < InRegisters;

    private ulong? InRegister(int index)
    {
        if (index < _firstRegister || index >= _endOfRegisters)
            return null;
        return index switch
        {
            0 => _registers.Rcx,
            1 => _registers.Rdx,
            2 => _registers.R8,
            _ => _registers.R9,
        };
    }

    /// <summary>Above the return address of the stub; on 32-bit Windows its own call of KiFastSystemCall has another one on top.</summary>
    private ulong? OnStack(int index)
    {
        if (_thread.Architecture is not (Architecture.X86 or Architecture.X64) || _thread.Stack.StackPointer == 0)
            return null;
        uint returnAddresses = _thread.Call.Code?.Form == StubForm.X86 ? 2u : 1u;
        return _thread.Pointer(_thread.Stack.StackPointer + ((returnAddresses + (ulong)index) * _thread.PointerSize));
    }
}
