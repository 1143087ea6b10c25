using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>
/// The last resort in code that lies in no module and of which nobody has unwind data, as that of .NET before version 10: its compiler keeps in
/// RBP where the caller's RBP lies, right below the return address. Of 60 methods 5 did not, whose words were no return addresses.
/// </summary>
/// <param name="process">The process.</param>
internal sealed class BasePointerChain(IProcessView process)
{
    /// <summary>Larger than the frame of any method but those that allocate on the stack, of which RBP tells nothing anyway.</summary>
    private const ulong LargestFrame = 0x1_0000;

    private readonly CallInstruction _call = new(process);

    /// <summary>Replaces a frame by its caller's; false where RBP does not lead to one.</summary>
    /// <param name="frame">A frame that stands after a call; unchanged where it has no caller.</param>
    /// <param name="stack">The stack.</param>
    public bool TryLeave(ref X64Frame frame, in StackWords stack)
    {
        ulong link = frame.Registers[X64RegisterFile.Rbp];
        // Where a thread was interrupted, its method may not have set RBP yet.
        if (frame.IsInterrupted || link < frame.StackPointer || link - frame.StackPointer > LargestFrame)
            return false;
        if (!stack.TryRead(link, out ulong outer) || !stack.TryRead(link + sizeof(ulong), out ulong returnAddress) || _call.EndsAt(returnAddress) != true)
            return false;
        frame.InstructionPointer = returnAddress;
        frame.Registers[X64RegisterFile.Rbp] = outer;
        frame.Registers[X64RegisterFile.Rsp] = link + (2 * sizeof(ulong));
        frame.IsGuessed = true;
        return true;
    }
}
