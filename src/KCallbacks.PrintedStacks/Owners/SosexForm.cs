using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// SOSEX: the sentences of <c>!dlk</c> (<c>CLR thread 0x1f holds the lock on SyncBlock ...</c>, <c>...and is waiting for ...</c>), the tables of
/// <c>!mlocks</c> (owners) and <c>!mwaits</c> (waiting threads), and <c>!rwlock</c>.
/// </summary>
internal sealed class SosexForm : IOwnerForm
{
    private const string Evidence = "SOSEX";

    private ulong? _thread;
    private bool _inTable;
    private ListedLock? _readerWriter;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (Letters.StartsWithIgnoreCase(line, "clr thread 0x"u8))
            return TryReadHolds(line, place.Ledger);
        if (line.StartsWith("...and is waiting for "u8))
            return ReadWaits(line, place.Ledger);
        if (Field.TryRead(line, "WriteLockOwnerThread"u8, out ReadOnlySpan<byte> writer))
            return ReadWriter(writer, place);
        if (TryReadWaiters(line))
            return true;
        if (line.StartsWith("ClrThread"u8) && line.IndexOf("DbgThread"u8) > 0 && line.IndexOf("OsThread"u8) > 0)
        {
            _inTable = true;
            return false; // the table's head is known to others, too
        }

        if (_inTable)
            ReadRow(line, place);
        return false;
    }

    public void End()
    {
        _thread = null;
        _inTable = false;
        _readerWriter = null;
    }

    /// <summary>Other sentences begin with the thread, too: where it is waiting, by name.</summary>
    private bool TryReadHolds(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        _thread = Field.Hex(line["clr thread "u8.Length..]);
        int holds = line.IndexOf(" holds "u8);
        if (_thread is { } owner && holds > 0 && LockIn(line[holds..]) is { } found)
        {
            ListedLock listed = AddLock(ledger, found);
            listed.IsHeld = true;
            listed.Owners.Add(new ThreadName(ThreadIdKind.Clr, owner));
        }

        return _thread is not null;
    }

    private bool ReadWaits(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        if (_thread is { } waiter && LockIn(line) is { } found)
            AddLock(ledger, found).Waiters.Add(new ThreadName(ThreadIdKind.Clr, waiter));
        return true;
    }

    private static ListedLock AddLock(OwnerLedger ledger, in (WaitKind Kind, ulong Address, string? Name) found)
    {
        ListedLock listed = ledger.AddLock(found.Kind, Evidence);
        listed.Address = found.Address;
        listed.Name = found.Name;
        return listed;
    }

    /// <summary><c>.. lock on SyncBlock 000000000a86e190 OBJ:00000000f0151330[Shop.Stock]</c>, <c>.. Writer lock on ReaderWriterLockSlim 000000009003fbb8</c>.</summary>
    private static (WaitKind Kind, ulong Address, string? Name)? LockIn(ReadOnlySpan<byte> text)
    {
        int on = text.IndexOf(" lock on "u8);
        if (on < 0)
            return null;
        var line = new LineCursor(text[(on + " lock on "u8.Length)..]);
        ReadOnlySpan<byte> type = line.TakeWord();
        line.SkipBlanks();
        if (!line.TryTakeHex(out HexNumber address))
            return null;
        int name = line.Rest.IndexOf((byte)'[');
        int end = line.Rest.LastIndexOf((byte)']');
        return (KindOf(type), address.Value, name >= 0 && end > name ? Text.Of(line.Rest[(name + 1)..end]) : null);
    }

    private static WaitKind KindOf(ReadOnlySpan<byte> type) =>
        type.StartsWith("SyncBlock"u8) || type.StartsWith("Thinlock"u8) || type.StartsWith("ThinLock"u8) ? WaitKind.Monitor
        : type.StartsWith("RWLock"u8) || type.StartsWith("ReaderWriterLock"u8) ? WaitKind.ReaderWriterLock
        : type.StartsWith("CriticalSection"u8) || type.StartsWith("CritSec"u8) ? WaitKind.CriticalSection
        : WaitKind.Unknown;

    /// <summary><c>0x1f       116        0x1140      RWLockSlim  000000009003fbb8  Writer</c></summary>
    private static void ReadRow(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        var row = new LineCursor(line);
        if (!row.TryTakeHex(out HexNumber clr) || !clr.IsPrefixed || !row.AtGap)
            return;
        row.SkipBlanks();
        uint? engine = Field.Decimal(row.TakeWord());
        row.SkipBlanks();
        if (!row.TryTakeHex(out HexNumber system) || system.Value > uint.MaxValue)
            return;
        place.Ledger.AddClrThread(clr.Value, engine, (uint)system.Value);
        row.SkipBlanks();
        WaitKind kind = KindOf(row.TakeWord());
        row.SkipBlanks();
        bool isOwner = place.Command.EndsWith("!mlocks", StringComparison.Ordinal) || place.Command.EndsWith(".mlocks", StringComparison.Ordinal);
        bool isWaiter = place.Command.EndsWith("!mwaits", StringComparison.Ordinal) || place.Command.EndsWith(".mwaits", StringComparison.Ordinal);
        if (kind == WaitKind.Unknown || !row.TryTakeHex(out HexNumber address) || (!isOwner && !isWaiter))
            return;
        ListedLock listed = AddLock(place.Ledger, (kind, address.Value, null));
        listed.IsHeld = isOwner ? true : null;
        (isOwner ? listed.Owners : listed.Waiters).Add(new ThreadName(ThreadIdKind.Clr, clr.Value));
    }

    private bool ReadWriter(ReadOnlySpan<byte> value, OwnerPlace place)
    {
        if (place.CommandAddress is not { } address)
            return true;
        _readerWriter = place.Ledger.AddLock(WaitKind.ReaderWriterLock, Evidence);
        _readerWriter.Address = address;
        if (Field.Hex(value) is { } owner and not 0)
        {
            _readerWriter.IsHeld = true;
            _readerWriter.Owners.Add(new ThreadName(ThreadIdKind.Clr, owner));
        }

        return true;
    }

    private bool TryReadWaiters(ReadOnlySpan<byte> line)
    {
        if (!Field.TryRead(line, "WaitingReaderThreadIds"u8, out ReadOnlySpan<byte> ids) && !Field.TryRead(line, "WaitingWriterThreadIds"u8, out ids))
            return false;
        foreach (Range id in ids.Split((byte)','))
        {
            if (_readerWriter is { } open && Field.Hex(ids[id].Trim(" \t"u8)) is { } waiter and not 0)
                open.Waiters.Add(new ThreadName(ThreadIdKind.Clr, waiter));
        }

        return true;
    }
}
