using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Where in the text a line stands: after which command, in the print of which thread.</summary>
internal sealed class OwnerPlace(OwnerLedger ledger)
{
    private const int FewestDigitsOfAddress = 6;

    /// <summary>Takes what the lines say.</summary>
    public OwnerLedger Ledger => ledger;

    /// <summary>The thread whose header or frames were read last; null outside of threads.</summary>
    public ThreadNotes? Thread { get; set; }

    /// <summary>Whether the thread's frames have not come yet.</summary>
    public bool AwaitsFrames { get; set; }

    /// <summary>The command whose output it is, without its arguments, in lower case; empty when there is none.</summary>
    public string Command { get; private set; } = "";

    /// <summary>The words of the command after the first.</summary>
    public string Arguments { get; private set; } = "";

    /// <summary>The last address given to the command; null when none was.</summary>
    public ulong? CommandAddress { get; private set; }

    /// <summary>A command was typed.</summary>
    public void Note(ReadOnlySpan<byte> typed)
    {
        ReadOnlySpan<byte> last = typed[(typed.LastIndexOf((byte)';') + 1)..].Trim(" \t"u8);
        int end = last.IndexOfAny((byte)' ', (byte)'\t');
        Command = Text.Of(end < 0 ? last : last[..end]).ToLowerInvariant();
        Arguments = end < 0 ? "" : Text.Of(last[end..]).Trim();
        CommandAddress = AddressIn(last[(end < 0 ? last.Length : end)..]);
    }

    private static ulong? AddressIn(ReadOnlySpan<byte> words)
    {
        var line = new LineCursor(words);
        ulong? found = null;
        for (line.SkipBlanks(); !line.AtEnd; line.SkipBlanks())
        {
            if (line.TryTakeHex(out HexNumber number) && line.AtGap && number.Digits >= FewestDigitsOfAddress)
                found = number.Value;
            else
                line.TakeWord();
        }

        return found;
    }
}
