using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory;

/// <summary>Whether a thread stands in <c>ntdll!NtCallbackReturn</c>: the literal "at the callback return" of Microsoft's DevNotes.</summary>
internal sealed class ReturnStubByName(ProcessLandmarks landmarks, IProcessView process)
{
    /// <summary>Holds the instruction pointer (on 32-bit Windows: where the fast system call returns to) against the stub.</summary>
    public bool Holds(in StackBytes stack)
    {
        if (IsInStub(stack.InstructionPointer))
            return true;
        return landmarks.FastCallReturns.Contains(stack.InstructionPointer)
            && stack.TryReadUInt32(stack.StackPointer, out uint caller) && IsInStub(caller);
    }

    private bool IsInStub(ulong address)
    {
        foreach (ulong stub in landmarks.CallbackReturns)
        {
            if (address >= stub && address - stub < SystemCallStub.Reach)
                return !IsInNeighbour(stub, address);
        }

        return false;
    }

    /// <summary>Stubs lie 0x10 or 0x20 apart: a symbol between the two addresses says that another stub has begun.</summary>
    private bool IsInNeighbour(ulong stub, ulong address) =>
        process.FindSymbol(address) is { Function: not null } symbol && symbol.Displacement < address - stub;
}
