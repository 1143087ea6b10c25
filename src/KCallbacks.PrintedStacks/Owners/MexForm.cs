using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// The extension mex: <c>!cs</c>, <c>!mut</c>, <c>!eresource</c>, <c>!WrFastMutex</c>, and the remark <c>Thread: .. exclusive owner of EResource: ..</c>
/// after a frame.
/// </summary>
internal sealed class MexForm : IOwnerForm
{
    private const int FewestDigits = 8;

    private bool _ownerFollows;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.IndexOf("Thread: "u8) is var thread and >= 0)
            return TryReadThread(line, thread, place);
        if (line.StartsWith("Exclusive owner:"u8))
            return _ownerFollows = true;
        return _ownerFollows ? TryReadOwner(line, place) : MayListSections(place) && TryReadSection(line, place.Ledger);
    }

    public void End() => _ownerFollows = false;

    /// <summary>The rows have no head of their own, so they are looked for where nothing else is printed.</summary>
    private static bool MayListSections(OwnerPlace place) => place.Command.Length == 0 || place.Command.EndsWith("cs", StringComparison.Ordinal);

    private static bool TryReadThread(ReadOnlySpan<byte> line, int thread, OwnerPlace place)
    {
        if (Field.Hex(line[(thread + "Thread: "u8.Length)..]) is not { } owner)
            return false;
        const string owning = "Owning ";
        bool isOwning = thread >= owning.Length && System.Text.Ascii.Equals(line.Slice(thread - owning.Length, owning.Length), owning);
        return isOwning ? TryReadOwning(line, thread - owning.Length, owner, place) : ReadRemark(line, thread, owner, place);
    }

    /// <summary>The line is a frame all the same.</summary>
    private static bool ReadRemark(ReadOnlySpan<byte> line, int thread, ulong owner, OwnerPlace place)
    {
        int resource = line.IndexOf(" owner of EResource: "u8);
        if (place.Thread is not { } notes || thread > resource)
            return false;
        notes.Add(new NotedWait(WaitKind.Resource, "mex names the owner of the resource")
        {
            Address = Field.Hex(line[(resource + " owner of EResource: "u8.Length)..]),
            Owners = [new ThreadName(ThreadIdKind.KernelAddress, owner)],
        });
        return false;
    }

    /// <summary>
    /// <c>Owning Thread: ffffc00a33334080</c> below <c>!mut</c>; <c>System    4 ffffc00a33334080 dd8 1 0 0 Waiting 43s.296 WrFastMutex Owning Thread: ..</c>,
    /// where the first address is the waiting thread's.
    /// </summary>
    private static bool TryReadOwning(ReadOnlySpan<byte> line, int owning, ulong owner, OwnerPlace place)
    {
        var name = new ThreadName(ThreadIdKind.KernelAddress, owner);
        int reason = line.IndexOf(" WrFastMutex "u8) is var fast and >= 0 ? fast : line.IndexOf(" WrGuardedMutex "u8);
        if (reason >= 0 && reason < owning && FirstAddress(line[..reason]) is { } waiter)
        {
            place.Ledger.AddWait(
                new ThreadName(ThreadIdKind.KernelAddress, waiter),
                new NotedWait(WaitKind.FastMutex, "mex names the owner of the fast mutex") { Owners = [name] });
            return true;
        }

        if (owning != 0 || !place.Command.EndsWith("mut", StringComparison.Ordinal) || place.CommandAddress is not { } address)
            return false;
        Listed(place.Ledger, WaitKind.Mutex, address).Owners.Add(name);
        return true;
    }

    /// <summary><c>System  ffffc00a33334080 2s.343 drv!Work+0x38</c> below the heading, after the head of the table.</summary>
    private bool TryReadOwner(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        var first = new LineCursor(line);
        bool beginsWithName = Letters.IsLetter(first.Next) && !(first.TryTakeHex(out HexNumber number) && number.Digits >= FewestDigits);
        if (!beginsWithName || FirstAddress(line) is not { } owner)
            return false;
        _ownerFollows = false;
        if (place.CommandAddress is { } address)
            Listed(place.Ledger, WaitKind.Resource, address).Owners.Add(new ThreadName(ThreadIdKind.KernelAddress, owner));
        return true;
    }

    private static ListedLock Listed(OwnerLedger ledger, WaitKind kind, ulong address)
    {
        ListedLock listed = ledger.AddLock(kind, "mex");
        listed.Address = address;
        listed.IsHeld = true;
        return listed;
    }

    /// <summary><c>shop!g_stock 00007ff7aa10c0d8 00007ffa10203040 Locked 1 No 2f4c 6</c>: symbol, section, debug information, count, woken, owner, its number.</summary>
    private static bool TryReadSection(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        var row = new LineCursor(line);
        ReadOnlySpan<byte> symbol = row.TakeWord();
        if (symbol.IndexOf((byte)'!') < 1)
        {
            symbol = default;
            row.Position = 0;
        }

        row.SkipBlanks();
        if (!row.TryTakeHex(out HexNumber address) || address.Digits < FewestDigits || !row.AtGap)
            return false;
        row.SkipBlanks();
        if (!row.TryTakeHex(out HexNumber debug) || debug.Digits < FewestDigits || !row.TryTake(" "u8))
            return false;
        row.SkipBlanks();
        if (!row.TryTake("Locked "u8))
            return false;
        row.SkipBlanks();
        uint? count = Field.Decimal(row.TakeWord());
        row.SkipBlanks();
        row.TakeWord();
        row.SkipBlanks();
        if (count is null || !row.TryTakeHex(out HexNumber owner) || owner.Value is 0 or > uint.MaxValue)
            return false;

        ListedLock listed = Listed(ledger, WaitKind.CriticalSection, address.Value);
        listed.Symbol = symbol.IsEmpty ? null : Text.Of(symbol);
        listed.WaiterCount = (int)count;
        listed.Owners.Add(new ThreadName(ThreadIdKind.System, owner.Value));
        return true;
    }

    private static ulong? FirstAddress(ReadOnlySpan<byte> line)
    {
        var words = new LineCursor(line);
        for (words.SkipBlanks(); !words.AtEnd; words.SkipBlanks())
        {
            if (words.TryTakeHex(out HexNumber number) && number.Digits >= FewestDigits && words.AtGap)
                return number.Value;
            words.TakeWord();
        }

        return null;
    }
}
