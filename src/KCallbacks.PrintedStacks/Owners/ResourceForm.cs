using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// <c>!locks</c> of a kernel session: <c>Resource @ 0xffffc00a88889010    Exclusively owned</c>, below it the threads, those that own it marked
/// with <c>&lt;*&gt;</c>, and those that wait.
/// </summary>
internal sealed class ResourceForm : IOwnerForm
{
    private const int FewestDigits = 8;

    private ListedLock? _open;
    private Section _section;

    private enum Section
    {
        Counts,
        Threads,
        Waiting,
    }

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.StartsWith("Resource @ "u8))
        {
            Open(line["Resource @ "u8.Length..], place.Ledger);
            return true;
        }

        return _open is { } open && TryReadBelow(open, line);
    }

    public void End() => _open = null;

    private void Open(ReadOnlySpan<byte> text, OwnerLedger ledger)
    {
        _open = ledger.AddLock(WaitKind.Resource, "the kernel's list of resources");
        _section = Section.Counts;
        _open.IsHeld = text.IndexOf("Exclusively owned"u8) >= 0 || text.IndexOf("owning threads"u8) >= 0;
        _open.State = text.IndexOf("Exclusively owned"u8) >= 0 ? "held exclusively" : _open.IsHeld == true ? "held shared" : null;

        // With symbols: nt!PsLoadedModuleResource (0xfffff80012345678)
        int open = text.IndexOf((byte)'(');
        _open.Address = Field.Hex(text) ?? (open > 0 ? Field.Hex(text[(open + 1)..]) : null);
        _open.Symbol = text.IndexOf((byte)'!') > 0 && open > 0 ? Text.Of(text[..open]) : null;
    }

    private bool TryReadBelow(ListedLock open, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("Threads Waiting On"u8) || line.StartsWith("Threads waiting on"u8))
        {
            _section = Section.Waiting;
            return true;
        }

        if (Field.TryRead(line, "Threads"u8, out ReadOnlySpan<byte> threads))
        {
            // A second list is another resource's, whose head is missing.
            if (_section != Section.Counts)
                open.Doubt = "the listing contradicts itself";
            _section = Section.Threads;
            return ReadThreads(open, threads);
        }

        bool isCount = Field.TryRead(line, "Contention Count"u8, out _) || Field.TryRead(line, "NumberOfSharedWaiters"u8, out _)
            || Field.TryRead(line, "NumberOfExclusiveWaiters"u8, out _);
        return isCount || (_section != Section.Counts && IsRow(line) && ReadThreads(open, line));
    }

    /// <summary>Nothing but addresses of threads, with counts and marks.</summary>
    private static bool IsRow(ReadOnlySpan<byte> line)
    {
        var row = new LineCursor(line);
        if (row.TryTake("*** Actual Thread "u8))
            return true;
        if (!row.TryTakeHex(out HexNumber address) || address.Digits < FewestDigits || !(row.AtGap || row.Next == '-'))
            return false;
        ReadOnlySpan<byte> rest = row.Rest;
        return rest.IndexOfAny((byte)'!', (byte)':') < 0;
    }

    private bool ReadThreads(ListedLock open, ReadOnlySpan<byte> text)
    {
        var row = new LineCursor(text);
        for (row.SkipBlanks(); !row.AtEnd; row.SkipBlanks())
        {
            if (row.TryTake("*** Actual Thread "u8) && row.TryTakeHex(out HexNumber actual))
            {
                // What a driver recorded instead of its thread has bits that no address has.
                if (open.Owners.Count > 0)
                    open.Owners[^1] = Of(actual);
                continue;
            }

            ReadOnlySpan<byte> word = row.TakeWord();
            var entry = new LineCursor(word);
            if (!entry.TryTakeHex(out HexNumber thread) || thread.Digits < FewestDigits)
                continue;
            bool isOwner = _section == Section.Threads && entry.Rest.IndexOf((byte)'*') >= 0;
            (isOwner ? open.Owners : open.Waiters).Add(Of(thread));
        }

        return true;
    }

    private static ThreadName Of(HexNumber thread) => new(ThreadIdKind.KernelAddress, thread.Value);
}
