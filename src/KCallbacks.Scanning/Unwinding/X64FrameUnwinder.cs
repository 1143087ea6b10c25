using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>Finds a frame's caller: undoes what the function's prologue did, or does what remains of its epilogue.</summary>
/// <remarks>The procedure is that of Microsoft's "x64 exception handling", "Unwind procedure".</remarks>
/// <param name="process">The process; its modules must not change afterwards.</param>
/// <param name="directories">The unwind data of its images.</param>
/// <param name="generated">Code that a runtime made; null where there is none.</param>
/// <param name="chain">What leads on where nobody has unwind data; null where nothing but such data is to lead.</param>
internal sealed class X64FrameUnwinder(IProcessView process, ExceptionDirectories directories, IGeneratedCode? generated, BasePointerChain? chain = null)
{
    /// <summary>Deeper than any compiler splits a function.</summary>
    private const int LongestChain = 32;

    /// <summary>Offset of Rsp in a machine frame (Rip, Cs, Flags, Rsp, Ss).</summary>
    private const ulong MachineFrameStackPointer = 0x18;

    private readonly GeneratedDirectories _generated = new(process, generated);

    /// <summary>Replaces a frame by its caller's.</summary>
    /// <param name="frame">The frame; undefined afterwards when there is an error.</param>
    /// <param name="stack">The stack.</param>
    /// <returns>Why the caller cannot be found; null when it was.</returns>
    public string? Leave(ref X64Frame frame, in StackWords stack)
    {
        Module? module = directories.ModuleAt(frame.InstructionPointer);
        ExceptionDirectory? directory = module is null ? _generated.At(frame.InstructionPointer) : directories.Of(module);
        if (directory is null && module is null && chain?.TryLeave(ref frame, stack) == true)
            return null;
        if (directory is null)
            return module is null ? $"{Address(frame.InstructionPointer)} lies in no module" : $"the unwind data of {module.Name} is not readable";
        uint offset = (uint)(frame.InstructionPointer - directory.Module.Base);
        if (directory.Find(offset) is { } function)
            return Leave(ref frame, stack, directory, function, offset);

        // Only a function that calls nothing may do without unwind data.
        return frame.IsInterrupted ? Return(ref frame, stack) : $"{directory.Module.Name}+0x{offset:x} has no unwind data";
    }

    private string? Leave(ref X64Frame frame, in StackWords stack, ExceptionDirectory directory, RuntimeFunction function, uint offset)
    {
        if (directory.UnwindInfoOf(function) is not { } info)
            return Unreadable(directory, function);

        uint executed = frame.IsInterrupted ? offset - function.Begin : uint.MaxValue;
        if (frame.IsInterrupted && executed >= info.PrologueSize && TryFinishEpilogue(ref frame, stack, directory, function, info))
            return Return(ref frame, stack);

        for (int length = 0; length < LongestChain; length++)
        {
            if (!TryUndo(info, executed, ref frame.Registers, stack, out ulong? machineFrame))
                return StackEnds(frame);
            if (machineFrame is { } interrupted)
                return Resume(ref frame, stack, interrupted);
            if (info.Chained is not { } parent)
                return Return(ref frame, stack);
            if (directory.UnwindInfoOf(parent) is not { } parentInfo)
                return Unreadable(directory, parent);

            // The parent's prologue ran as a whole before this part of the function was reached.
            (info, executed) = (parentInfo, uint.MaxValue);
        }

        return $"the unwind data of {directory.Module.Name}+0x{function.Begin:x} is chained without end";
    }

    /// <summary>Undoes a prologue as far as it was executed.</summary>
    private static bool TryUndo(UnwindInfo info, uint executed, ref X64RegisterFile registers, in StackWords stack, out ulong? machineFrame)
    {
        machineFrame = null;
        ulong frameBase = FrameBase(info, executed, registers);
        foreach (UnwindCode code in info.Codes)
        {
            if (code.PrologueOffset > executed)
                continue;

            switch (code.Operation)
            {
                case UnwindOperation.PushNonvolatile:
                    if (!TryRestore(code.Info, registers[X64RegisterFile.Rsp], ref registers, stack))
                        return false;
                    registers[X64RegisterFile.Rsp] += sizeof(ulong);
                    break;
                case UnwindOperation.AllocateLarge or UnwindOperation.AllocateSmall:
                    registers[X64RegisterFile.Rsp] += code.Bytes;
                    break;
                case UnwindOperation.SetFrameRegister:
                    registers[X64RegisterFile.Rsp] = registers[info.FrameRegister] - info.FrameOffset;
                    break;
                case UnwindOperation.SaveNonvolatile or UnwindOperation.SaveNonvolatileFar:
                    if (!TryRestore(code.Info, frameBase + code.Bytes, ref registers, stack))
                        return false;
                    break;
                case UnwindOperation.PushMachineFrame:
                    machineFrame = registers[X64RegisterFile.Rsp] + (ulong)code.Info * sizeof(ulong);
                    return true;
            }
        }

        return true;
    }

    /// <summary>Where the frame's fixed part begins, to which the places of saved registers are relative.</summary>
    private static ulong FrameBase(UnwindInfo info, uint executed, in X64RegisterFile registers)
    {
        foreach (UnwindCode code in info.Codes)
        {
            if (code.Operation == UnwindOperation.SetFrameRegister && code.PrologueOffset <= executed)
                return registers[info.FrameRegister] - info.FrameOffset;
        }

        return registers[X64RegisterFile.Rsp];
    }

    private static bool TryRestore(int register, ulong address, ref X64RegisterFile registers, in StackWords stack)
    {
        if (!stack.TryRead(address, out ulong value))
            return false;
        registers[register] = value;
        return true;
    }

    private bool TryFinishEpilogue(ref X64Frame frame, in StackWords stack, ExceptionDirectory directory, RuntimeFunction function, UnwindInfo info)
    {
        uint offset = (uint)(frame.InstructionPointer - directory.Module.Base);
        Span<byte> code = stackalloc byte[(int)Math.Min(X64Epilogue.LongestCode, function.End - offset)];
        return process.TryRead(frame.InstructionPointer, code)
            && X64Epilogue.TryFinish(code, info.FrameRegister, target => Leaves(directory, function, offset + target), stack, ref frame.Registers);
    }

    /// <summary>Whether a jump goes to another function, or to the start of the same one: both are calls in the end.</summary>
    private static bool Leaves(ExceptionDirectory directory, RuntimeFunction function, long target)
    {
        if (target < 0 || target >= directory.Module.Size)
            return true;
        RuntimeFunction primary = PrimaryOf(directory, function);
        return target == primary.Begin || directory.Find((uint)target) is not { } entered || PrimaryOf(directory, entered) != primary;
    }

    /// <summary>The function that a part of one belongs to.</summary>
    private static RuntimeFunction PrimaryOf(ExceptionDirectory directory, RuntimeFunction part)
    {
        for (int length = 0; length < LongestChain && directory.UnwindInfoOf(part)?.Chained is { } parent; length++)
            part = parent;
        return part;
    }

    /// <summary>Takes the return address from the top of the stack.</summary>
    private static string? Return(ref X64Frame frame, in StackWords stack)
    {
        if (!stack.TryRead(frame.StackPointer, out ulong returnAddress))
            return StackEnds(frame);
        frame.InstructionPointer = returnAddress;
        frame.Registers[X64RegisterFile.Rsp] += sizeof(ulong);
        frame.IsInterrupted = false;
        return null;
    }

    /// <summary>Goes back to what the kernel interrupted: a system call, for callbacks at F+30 and F+48 of the callback frame.</summary>
    private static string? Resume(ref X64Frame frame, in StackWords stack, ulong machineFrame)
    {
        frame.Registers[X64RegisterFile.Rsp] = machineFrame;
        if (!stack.TryRead(machineFrame, out ulong rip) || !stack.TryRead(machineFrame + MachineFrameStackPointer, out ulong rsp))
            return StackEnds(frame);
        frame.InstructionPointer = rip;
        frame.Registers[X64RegisterFile.Rsp] = rsp;
        frame.IsInterrupted = true;
        return null;
    }

    private static string Unreadable(ExceptionDirectory directory, RuntimeFunction function) =>
        $"the unwind data of {directory.Module.Name}+0x{function.Begin:x} is not readable";

    private static string StackEnds(in X64Frame frame) => $"the stack's memory is missing near {Address(frame.StackPointer)}";

    private static string Address(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}");
}
