using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Where a process keeps how it was started: <c>PEB.ProcessParameters</c> and <c>RTL_USER_PROCESS_PARAMETERS.CommandLine</c> (winternl.h names
/// both; the places are those of the public symbols of ntdll, the same from Windows 7 to 11).
/// </summary>
public static class ProcessParameters
{
    /// <summary>More than the kernel takes: a UNICODE_STRING counts its bytes in 16 bits.</summary>
    private const int LongestText = 0xfffe;

    /// <summary>The command line of a process; null when its memory is not there.</summary>
    public static string? CommandLineOf(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        bool isWide = process.Architecture is Architecture.X64 or Architecture.Arm64;
        (uint parameters, uint commandLine, int pointer) = isWide ? (0x20u, 0x70u, 8) : (0x10u, 0x40u, 4);
        Span<byte> word = stackalloc byte[16];
        if (process.ProcessEnvironmentBlock is not { } block || !TryReadPointer(process, block + parameters, pointer, out ulong address) || address == 0)
            return null;
        if (!process.TryRead(address + commandLine, word[..(2 * pointer)]) || BitConverter.ToUInt16(word) is var length && length is 0 or > LongestText)
            return null;
        ulong text = pointer == 8 ? BitConverter.ToUInt64(word[8..]) : BitConverter.ToUInt32(word[4..]);
        byte[] bytes = new byte[length & ~1];
        return text != 0 && process.TryRead(text, bytes) ? System.Text.Encoding.Unicode.GetString(bytes) : null;
    }

    private static bool TryReadPointer(IProcessView process, ulong address, int size, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        bool isThere = process.TryRead(address, bytes[..size]);
        value = BitConverter.ToUInt64(bytes);
        return isThere;
    }
}
