using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>Finds the system call that a return address came back from, by the code before it: the call of a stub.</summary>
internal sealed class X64StubCall(IProcessView process)
{
    /// <summary>Stubs have up to 0x18 bytes with the system call at +0x12.</summary>
    private const int StubSize = 0x18;

    /// <summary>An import may go through a jump of its own.</summary>
    private const int MostJumps = 2;

    /// <summary>Address after the system call instruction of the stub; 0 when the code shows none.</summary>
    /// <param name="returnAddress">Where the stub returns to.</param>
    public ulong FindSystemCall(ulong returnAddress)
    {
        ulong target = CallTarget(returnAddress);
        for (int jump = 0; jump < MostJumps && target != 0; jump++)
        {
            if (AfterSystemCall(target) is var after and not 0)
                return after;
            target = JumpTarget(target);
        }

        return 0;
    }

    /// <summary>The function that the call before a return address leads to; 0 when the code is not readable or its call names none.</summary>
    public ulong FindTarget(ulong returnAddress)
    {
        ulong target = CallTarget(returnAddress);
        for (int jump = 0; jump < MostJumps && target != 0; jump++)
        {
            if (JumpTarget(target) is not (var after and not 0))
                break;
            target = after;
        }

        return target;
    }

    private ulong CallTarget(ulong returnAddress)
    {
        Span<byte> call = stackalloc byte[6];
        if (!process.TryRead(returnAddress - 6, call))
            return 0;
        int distance = BinaryPrimitives.ReadInt32LittleEndian(call[2..]);
        if (call is [0xff, 0x15, ..])
            return ReadPointer(returnAddress + (ulong)distance);
        return call[1] == 0xe8 ? returnAddress + (ulong)distance : 0;
    }

    private ulong JumpTarget(ulong address)
    {
        Span<byte> jump = stackalloc byte[6];
        return process.TryRead(address, jump) && jump is [0xff, 0x25, ..]
            ? ReadPointer(address + 6 + (ulong)BinaryPrimitives.ReadInt32LittleEndian(jump[2..]))
            : 0;
    }

    private ulong AfterSystemCall(ulong stub)
    {
        Span<byte> code = stackalloc byte[StubSize];
        if (!process.TryRead(stub, code) || code is not [0x4c, 0x8b, 0xd1, 0xb8, ..])
            return 0;
        int position = code.IndexOf([(byte)0x0f, (byte)0x05]);
        return position < 0 ? 0 : stub + (ulong)position + 2;
    }

    private ulong ReadPointer(ulong address)
    {
        Span<byte> pointer = stackalloc byte[sizeof(ulong)];
        return process.TryRead(address, pointer) ? BinaryPrimitives.ReadUInt64LittleEndian(pointer) : 0;
    }
}
