using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>Tells return addresses from other words that point into code: a call instruction ends right before them.</summary>
internal sealed class CallInstruction(IProcessView process)
{
    /// <summary>Bytes of the longest call that is looked for: opcode, ModRM, SIB and a 32-bit displacement.</summary>
    private const int LongestCall = 7;

    /// <summary>Whether the code before an address is a call, as far as it can be read; always true of code that is not Intel's.</summary>
    public bool MayEndAt(ulong address) => EndsAt(address) ?? true;

    /// <summary>Whether the code before an address is a call; null where it cannot be read or is not Intel's.</summary>
    public bool? EndsAt(ulong address)
    {
        if (process.Architecture is not (Architecture.X64 or Architecture.X86))
            return null;
        Span<byte> code = stackalloc byte[LongestCall];
        return process.TryRead(address - LongestCall, code) ? EndsInCall(code) : null;
    }

    /// <summary><c>call rel32</c> (E8), or <c>call r/m</c> (FF /2); Intel SDM vol. 2, CALL, ModRM and SIB.</summary>
    private static bool EndsInCall(ReadOnlySpan<byte> code) => code switch
    {
        [_, _, 0xe8, ..] => true,
        [_, 0xff, var modRm, ..] when modRm == 0x15 || IsCall(modRm, 0x90) => true,
        [0xff, 0x94, ..] => true,
        [.., 0xff, 0x54, _, _] => true,
        [.., 0xff, 0x14, _] => true,
        [.., 0xff, var modRm, _] when IsCall(modRm, 0x50) => true,
        [.., 0xff, var modRm] when IsCall(modRm, 0xd0) || IsCall(modRm, 0x10) => true,
        _ => false,
    };

    /// <summary>Whether a ModRM byte has the extension /2 and the mode given.</summary>
    private static bool IsCall(byte modRm, byte mode) => (modRm & 0xf8) == mode;
}
