using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>The frame's Rip: it lies right after the system call instruction of a stub.</summary>
internal sealed class X64SystemCallReturn(ProcessLandmarks landmarks, IProcessView process)
{
    private const int InstructionSize = 2;

    private static ReadOnlySpan<byte> SystemCall => [0x0F, 0x05];

    /// <summary>The stubs of Windows 10 use <c>int 2Eh</c> when the shared user data asks for it.</summary>
    private static ReadOnlySpan<byte> Interrupt2E => [0xCD, 0x2E];

    /// <summary>Holds Rip against the code before it and the modules that make system calls.</summary>
    public FieldCheck Judge(ulong rip)
    {
        Span<byte> code = stackalloc byte[InstructionSize];
        if (rip > InstructionSize && process.TryRead(rip - InstructionSize, code))
        {
            return code.SequenceEqual(SystemCall) || code.SequenceEqual(Interrupt2E)
                ? new FieldCheck(Confidence.High, "entered right after a system call")
                : FieldCheck.Against("its Rip is not right after a system call");
        }

        if (!landmarks.KnowsModules)
            return new FieldCheck(Confidence.Low, "no module list tells where it was entered");
        return landmarks.IsInEntryModule(rip)
            ? new FieldCheck(Confidence.Medium, "entered from a module that calls win32k")
            : FieldCheck.Against("its Rip is in no module that calls win32k");
    }
}
