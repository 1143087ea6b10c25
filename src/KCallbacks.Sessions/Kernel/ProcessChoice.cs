using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Which processes of a kernel session are meant: all, or those with an id, a name or an EPROCESS address.</summary>
internal sealed class ProcessChoice
{
    /// <summary>The choice of all processes.</summary>
    public const string EveryProcess = "all";

    private const string ProgramExtension = ".exe";

    private readonly string _text;
    private readonly ulong? _number;

    private ProcessChoice(string text, ulong? number)
    {
        _text = text;
        _number = number;
    }

    /// <summary>Reads a choice. Numbers are hexadecimal, as kernel debuggers take them, with or without <c>0x</c>; <c>0n</c> makes them decimal.</summary>
    public static ProcessChoice Parse(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        if (digits.StartsWith("0n", StringComparison.OrdinalIgnoreCase))
            return new(text, ulong.TryParse(digits[2..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null);
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        string hex = digits.ToString().Replace("`", "", StringComparison.Ordinal);
        return new(text, ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id) ? id : null);
    }

    /// <summary>Whether all processes are meant.</summary>
    public bool IsAll => _text.Equals(EveryProcess, StringComparison.OrdinalIgnoreCase);

    /// <summary>The EPROCESS meant; null when the choice is none.</summary>
    public ulong? Address => _number >= AddressSpace.KernelStart ? _number : null;

    /// <summary>As it was typed.</summary>
    public override string ToString() => _text;

    /// <summary>Those meant, of a list; a number that is no process's id may still be a name such as <c>cafe</c>.</summary>
    public IReadOnlyList<ProcessBlock> Of(IReadOnlyList<ProcessBlock> processes)
    {
        if (IsAll)
            return processes;
        ProcessBlock[] found = [.. processes.Where(process => process.Identity.Id == _number)];
        return found.Length > 0 ? found : [.. processes.Where(process => IsNamed(process.Identity))];
    }

    /// <summary>Whether a process is meant; one whose id is not known only by its address, or with all.</summary>
    public bool Means(ProcessBlock process) =>
        IsAll || process.Identity.Address == Address || (process.Identity.Id is not null && Of([process]).Count > 0);

    private bool IsNamed(ProcessIdentity process)
    {
        const int KeptByKernel = 14;
        if (process.Name is not { } name)
            return false;
        return Same(name, _text) || Same(name, _text + ProgramExtension);

        static bool Same(string kept, string asked) =>
            kept.Equals(asked.Length > KeptByKernel ? asked[..KeptByKernel] : asked, StringComparison.OrdinalIgnoreCase);
    }
}
