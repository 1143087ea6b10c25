using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// Critical sections: <c>!locks</c> and <c>!critsec</c> (<c>CritSec shop!g_stock+0 at 00007ff7aa10c0d8</c>), <c>!cs</c> (<c>Critical section
/// = 0x00007ff7aa10c0d8 (shop!g_stock+0x0)</c>), the structure by <c>dt</c>, and the tables of DebugDiag; below each the fields, in any order.
/// </summary>
internal sealed class CriticalSectionForm : IOwnerForm
{
    private const string Structure = "RTL_CRITICAL_SECTION";
    private const uint ThreadIdAlignment = 4;

    /// <summary>Nobody enters a section as often without leaving it; in the wrong bitness a thread id stands there.</summary>
    private const int MostRecursions = 0x100;

    private const string Contradiction = "the listing contradicts itself: it is none, or was read in the wrong bitness";

    private ListedLock? _open;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.StartsWith("DebugInfo for CritSec at "u8) && line.IndexOf("does not point back"u8) > 0)
            return Doubt(line, place.Ledger);
        if (TryReadHead(line, place))
            return true;
        ReadOnlySpan<byte> field = Field.WithoutOffset(line);
        if (_open is null && field.Length != line.Length && IsOfStructure(place))
            _open = Open(place, place.CommandAddress, "the critical section as it is printed");
        return _open is { } open && TryReadField(open, field, isStructure: field.Length != line.Length);
    }

    public void End() => _open = null;

    private static bool IsOfStructure(OwnerPlace place) =>
        place.Command is "dt" && place.Arguments.Contains(Structure, StringComparison.OrdinalIgnoreCase) && !place.Arguments.Contains("DEBUG", StringComparison.OrdinalIgnoreCase);

    private bool TryReadHead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.StartsWith("CritSec "u8))
            return TryReadList(line, place);
        if (!Letters.StartsWithIgnoreCase(line, "critical section"u8) || !Field.TryRead(line, line[.."critical section".Length], out ReadOnlySpan<byte> value))
            return false;
        var cursor = new LineCursor(value);
        if (cursor.TryTakeHex(out HexNumber address) && address.Digits >= 6 && cursor.AtGap)
        {
            _open = Open(place, address.Value, "the list of critical sections");
            _open.Symbol = SymbolIn(cursor.Rest.Trim(" \t()"u8));
            return true;
        }

        // DebugDiag names it by its symbol alone; prose goes on with other words.
        bool isTable = value.IndexOf((byte)'!') > 0 && value.IndexOf((byte)' ') < 0;
        if (isTable)
        {
            _open = Open(place, address: null, "DebugDiag");
            _open.Symbol = SymbolIn(value);
        }

        return isTable;
    }

    private bool TryReadList(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        ReadOnlySpan<byte> named = line["CritSec ".Length..];
        int at = named.LastIndexOf(" at "u8);
        if (at < 0 || Field.Hex(named[(at + 4)..]) is not { } address)
            return false;
        _open = Open(place, address, "the list of critical sections");
        _open.Symbol = SymbolIn(named[..at]);
        return true;
    }

    private static ListedLock Open(OwnerPlace place, ulong? address, string evidence)
    {
        ListedLock listed = place.Ledger.AddLock(WaitKind.CriticalSection, evidence);
        listed.Address = address;
        return listed;
    }

    private static bool Doubt(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        if (Field.Hex(line["DebugInfo for CritSec at ".Length..]) is { } address)
            ledger.Doubt(address);
        return true;
    }

    private static bool TryReadField(ListedLock open, ReadOnlySpan<byte> line, bool isStructure)
    {
        if (line.StartsWith("*** Locked"u8) || line.SequenceEqual("LOCKED"u8))
            open.IsHeld = true;
        else if (line.StartsWith("NOT LOCKED"u8))
            open.IsHeld = false;
        else if (Field.TryRead(line, "LockCount"u8, out ReadOnlySpan<byte> count) || Field.TryRead(line, "Lock Count"u8, out count))
            ReadCount(open, count, isStructure);
        else if (Field.TryRead(line, "RecursionCount"u8, out ReadOnlySpan<byte> recursion))
            open.Doubt ??= Number(recursion) is > MostRecursions ? Contradiction : null;
        else if (Field.TryRead(line, "Lock State"u8, out ReadOnlySpan<byte> state))
            open.IsHeld = state.StartsWith("Locked"u8);
        else if (Field.TryRead(line, "OwningThread"u8, out ReadOnlySpan<byte> owner))
            return ReadOwner(open, owner);
        else if (Field.TryRead(line, "Owner Thread System ID"u8, out ReadOnlySpan<byte> systemId))
            AddOwner(open, ThreadIdKind.System, Field.Decimal(systemId));
        else if (Field.TryRead(line, "Owner Thread"u8, out ReadOnlySpan<byte> number))
            AddOwner(open, ThreadIdKind.Engine, Field.Decimal(number));
        else
            return false;
        return !isStructure;
    }

    /// <summary>The same line also names the thread whose stack may follow, so it is left to others. A name after the word is another field.</summary>
    private static bool ReadOwner(ListedLock open, ReadOnlySpan<byte> value)
    {
        if (Field.Hex(value) is not { } id)
            return false;
        if (id % ThreadIdAlignment != 0 || id > uint.MaxValue)
            open.Doubt ??= Contradiction;
        else
            AddOwner(open, ThreadIdKind.System, (uint)id);
        return false;
    }

    /// <summary>A second owner is another section's, whose head is missing.</summary>
    private static void AddOwner(ListedLock open, ThreadIdKind kind, uint? id)
    {
        if (id is not { } known || (known == 0 && kind != ThreadIdKind.Engine))
            return;
        if (open.Owners.Exists(owner => owner.Kind == kind))
            open.Doubt ??= Contradiction;
        else
            open.Owners.Add(new ThreadName(kind, known));
    }

    /// <summary>The lists print the number of waiting threads; the structure keeps it with two bits of state (<see cref="CriticalSectionLayout"/>).</summary>
    private static void ReadCount(ListedLock open, ReadOnlySpan<byte> value, bool isStructure)
    {
        if (!isStructure)
        {
            if (Number(value) is { } count)
                open.WaiterCount = count < 0 ? null : count;
            open.IsHeld = Number(value) is < 0 ? false : open.IsHeld;
            return;
        }

        if (Number(value) is not { } word)
            return;
        open.IsHeld = word >= 0 || (word & CriticalSectionLayout.UnlockedBit) == 0;
        open.WaiterCount = word >= 0 ? word : (-1 - word) >> CriticalSectionLayout.WaitersShift;
    }

    /// <summary>A number as the debugger prints counts: decimal, <c>0n-6</c>, or <c>0x1</c>.</summary>
    private static int? Number(ReadOnlySpan<byte> value)
    {
        if (value.StartsWith("0n"u8))
            value = value[2..];
        if (value.StartsWith("0x"u8))
            return Field.Hex(value) is { } hex and <= int.MaxValue ? (int)hex : null;
        bool isNegative = value.StartsWith("-"u8);
        return Field.Decimal(isNegative ? value[1..] : value) is { } number and <= int.MaxValue ? (isNegative ? -(int)number : (int)number) : null;
    }

    /// <summary><c>shop!g_stock+0</c> and <c>shop!g_stock+0x0</c> are the symbol itself; <c>+1c2d3e40</c> is none.</summary>
    private static string? SymbolIn(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name = text.Trim(" \t"u8);
        if (name.IndexOf((byte)'!') <= 0)
            return null;
        foreach (string zero in (string[])["+0x0", "+0"])
        {
            if (name.Length > zero.Length && System.Text.Ascii.Equals(name[^zero.Length..], zero))
                return Text.Of(name[..^zero.Length]);
        }

        return Text.Of(name);
    }
}
