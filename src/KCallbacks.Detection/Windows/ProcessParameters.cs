using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Where a process keeps how it was started: <c>PEB.ProcessParameters</c>, <c>RTL_USER_PROCESS_PARAMETERS.CommandLine</c> and <c>Environment</c>
/// (winternl.h names the first two; the places are those of the public symbols of ntdll, the same from Windows 7 to 11).
/// </summary>
public static class ProcessParameters
{
    /// <summary>More than the kernel takes: a UNICODE_STRING counts its bytes in 16 bits.</summary>
    private const int LongestText = 0xfffe;

    /// <summary>Bytes of an environment that are read; most are a few thousand long.</summary>
    private const int LongestEnvironment = 0x1_0000;

    private const int Page = 0x1000;

    private const string ComputerName = "COMPUTERNAME=";

    /// <summary>The command line of a process; null when its memory is not there.</summary>
    public static string? CommandLineOf(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        int pointer = PointerOf(process);
        if (ParametersOf(process) is not { } parameters)
            return null;
        Span<byte> word = stackalloc byte[16];
        if (!process.TryRead(parameters + (pointer == 8 ? 0x70u : 0x40u), word[..(2 * pointer)]) || BitConverter.ToUInt16(word) is var length && length is 0 or > LongestText)
            return null;
        ulong text = pointer == 8 ? BitConverter.ToUInt64(word[8..]) : BitConverter.ToUInt32(word[4..]);
        byte[] bytes = new byte[length & ~1];
        return text != 0 && process.TryRead(text, bytes) ? Encoding.Unicode.GetString(bytes) : null;
    }

    /// <summary>The name of the computer that a process runs on, as its environment says; null when its memory is not there.</summary>
    public static string? ComputerOf(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        int pointer = PointerOf(process);
        if (ParametersOf(process) is not { } parameters || !TryReadPointer(process, parameters + (pointer == 8 ? 0x80u : 0x48u), pointer, out ulong address) || address == 0)
            return null;
        string environment = Encoding.Unicode.GetString(ReadWhatIsThere(process, address));
        // Every variable ends with a zero, the last one with two.
        int end = environment.IndexOf("\0\0", StringComparison.Ordinal);
        foreach (string variable in (end < 0 ? environment : environment[..end]).Split('\0'))
        {
            if (variable.StartsWith(ComputerName, StringComparison.OrdinalIgnoreCase) && variable.Length > ComputerName.Length)
                return variable[ComputerName.Length..];
        }

        return null;
    }

    private static int PointerOf(IProcessView process) => process.Architecture is Architecture.X64 or Architecture.Arm64 ? 8 : 4;

    private static ulong? ParametersOf(IProcessView process)
    {
        int pointer = PointerOf(process);
        return process.ProcessEnvironmentBlock is { } block && TryReadPointer(process, block + (pointer == 8 ? 0x20u : 0x10u), pointer, out ulong address) && address != 0 ? address : null;
    }

    /// <summary>How long an environment is stands elsewhere in each version: it is read page by page, as far as there are some.</summary>
    private static byte[] ReadWhatIsThere(IProcessView process, ulong address)
    {
        byte[] bytes = new byte[LongestEnvironment];
        int length = 0;
        while (length < bytes.Length)
        {
            int count = (int)Math.Min((ulong)(bytes.Length - length), Page - ((address + (ulong)length) % Page)) & ~1;
            if (count == 0 || !process.TryRead(address + (ulong)length, bytes.AsSpan(length, count)))
                break;
            length += count;
            if (bytes.AsSpan(length - count, count).IndexOf("\0\0\0\0"u8) >= 0)
                break;
        }

        return bytes[..length];
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
