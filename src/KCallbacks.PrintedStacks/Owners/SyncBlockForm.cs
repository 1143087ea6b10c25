using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// <c>!syncblk</c>: locks of objects of .NET, one per row: index, sync block, held (1 and 2 for each waiting thread), recursion, the owner's
/// structure, its system id and debugger's number, the object, its type. Also <c>!threads</c>, which gives the ids of the runtime's threads.
/// </summary>
internal sealed class SyncBlockForm : IOwnerForm
{
    private Table _table;

    private enum Table
    {
        None,
        Locks,
        Threads,
    }

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.StartsWith("Index"u8) && line.IndexOf("MonitorHeld"u8) > 0)
            return Begin(Table.Locks);
        if (line.StartsWith("ID OSID"u8) && line.IndexOf("ThreadOBJ"u8) > 0)
            return Begin(Table.Threads);
        return _table switch
        {
            Table.Locks => TryReadLock(line, place.Ledger),
            Table.Threads => TryReadThread(line, place.Ledger),
            _ => false,
        };
    }

    public void End() => _table = Table.None;

    private bool Begin(Table table)
    {
        _table = table;
        return true;
    }

    private static bool TryReadLock(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        var row = new LineCursor(line);
        if (!TryTakeDecimal(ref row, out _) || !TryTakeHex(ref row, out ulong block) || !TryTakeDecimal(ref row, out uint held)
            || !TryTakeDecimal(ref row, out uint recursion) || !TryTakeHex(ref row, out _))
        {
            return false;
        }

        ListedLock listed = ledger.AddLock(WaitKind.Monitor, "the runtime's list of locks of objects");
        listed.IsHeld = held % 2 == 1;
        listed.WaiterCount = (int)(held / 2);
        listed.Doubt = listed.IsHeld == true && recursion == 0 ? "the listing contradicts itself" : null;
        ReadOwner(ref row, listed);
        row.SkipBlanks();
        listed.Address = row.TryTakeHex(out HexNumber item) ? item.Value : block;
        listed.Name = row.AtEnd ? null : Text.Of(row.Rest);
        return true;
    }

    /// <summary>System id and debugger's number, <c>XXX</c> where the thread has ended; or <c>none</c>.</summary>
    private static void ReadOwner(ref LineCursor row, ListedLock listed)
    {
        row.SkipBlanks();
        if (row.TryTake("none"u8))
        {
            listed.Doubt = "held by no thread that exists: its owner ended without letting go";
            return;
        }

        if (!TryTakeHex(ref row, out ulong systemId))
            return;
        row.SkipBlanks();
        bool hasEnded = Letters.StartsWithIgnoreCase(row.TakeWord(), "xxx"u8);
        if (hasEnded)
            listed.Doubt = "held by a thread that has ended without letting go";
        else if (systemId is > 0 and <= uint.MaxValue)
            listed.Owners.Add(new ThreadName(ThreadIdKind.System, systemId));
    }

    /// <summary><c>   0    1 2c68 00a69e60 ...</c>: the debugger's number, the runtime's in decimal digits, the system's.</summary>
    private static bool TryReadThread(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        var row = new LineCursor(line);
        bool hasEnded = Letters.StartsWithIgnoreCase(line, "xxxx"u8);
        uint engine = 0;
        if (hasEnded)
            row.TakeWord();
        else if (!TryTakeDecimal(ref row, out engine))
            return false;
        if (!TryTakeDecimal(ref row, out uint id) || !TryTakeHex(ref row, out ulong system) || !TryTakeHex(ref row, out _))
            return false;
        if (!hasEnded && system is > 0 and <= uint.MaxValue)
            ledger.AddClrThread(id, engine, (uint)system);
        return true;
    }

    private static bool TryTakeDecimal(ref LineCursor row, out uint number)
    {
        row.SkipBlanks();
        number = 0;
        if (Field.Decimal(row.Rest) is not { } value)
            return false;
        number = value;
        row.TakeWord();
        return true;
    }

    private static bool TryTakeHex(ref LineCursor row, out ulong number)
    {
        row.SkipBlanks();
        bool read = row.TryTakeHex(out HexNumber value) && row.AtGap;
        number = value.Value;
        return read;
    }
}
