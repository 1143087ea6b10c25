using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary><c>!handle b8 f</c>: <c>Handle 00000000000000b8</c>, below it type, name and, of a mutex, the owner.</summary>
internal sealed class HandleForm : IOwnerForm
{
    /// <summary>Lines that the information of one handle takes at most.</summary>
    private const int Longest = 24;

    private ListedLock? _open;
    private int _lines;
    private bool _hasType;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (TryReadHead(line) is { } handle)
        {
            _open = place.Ledger.AddLock(WaitKind.KernelObject, "the handle's information");
            _open.Handle = handle;
            _lines = 0;
            _hasType = false;
            return true;
        }

        if (_lines++ >= Longest)
            End();
        return _open is { } open && TryReadField(open, line);
    }

    public void End() => _open = null;

    private static ulong? TryReadHead(ReadOnlySpan<byte> line)
    {
        if (!Letters.StartsWithIgnoreCase(line, "handle "u8))
            return null;
        var rest = new LineCursor(line["handle ".Length..]);
        rest.SkipBlanks();
        return rest.TryTakeHex(out HexNumber number) && rest.AtEnd ? number.Value : null;
    }

    private bool TryReadField(ListedLock open, ReadOnlySpan<byte> line)
    {
        if (Field.TryRead(line, "Type"u8, out ReadOnlySpan<byte> type))
            ReadType(open, type);
        else if (Field.TryRead(line, "Name"u8, out ReadOnlySpan<byte> name))
            open.Name = name.IsEmpty || name.SequenceEqual("<none>"u8) ? null : Text.Of(name);
        else if (Field.TryRead(line, "Mutant Owner"u8, out ReadOnlySpan<byte> owner))
            return ReadOwnerOfMutex(open, owner);
        else if (open.Kind == WaitKind.Thread && Field.TryRead(line, "Thread Id"u8, out ReadOnlySpan<byte> thread))
            return TryReadOwner(open, thread);
        else if (open.Kind == WaitKind.Process && Field.TryRead(line, "Process Id"u8, out ReadOnlySpan<byte> process))
            open.State = Field.Decimal(process) is { } id ? $"until process {id} ends" : null;
        else if (line.StartsWith("Mutex is "u8))
            open.IsHeld = line.EndsWith("Owned"u8);
        else if (line.StartsWith("Mutant is Abandoned"u8) || line.StartsWith("Mutex is Abandoned"u8))
            open.Doubt = "abandoned: its last owner ended without letting go";
        else
            return false;
        return true;
    }

    /// <summary>A second type is another handle's, whose head is missing.</summary>
    private void ReadType(ListedLock open, ReadOnlySpan<byte> type)
    {
        if (_hasType)
            End();
        else
            open.Kind = KernelObjectWaits.KindOf(HandleTypes.Of(Text.Of(type)));
        _hasType = true;
    }

    private static bool ReadOwnerOfMutex(ListedLock open, ReadOnlySpan<byte> owner)
    {
        if (open.Kind == WaitKind.KernelObject)
            open.Kind = WaitKind.Mutex;
        return open.Kind == WaitKind.Mutex && TryReadOwner(open, owner);
    }

    /// <summary><c>0.0</c> stands where nobody owns it. A thread's id alone is another line's: the head of a stack.</summary>
    private static bool TryReadOwner(ListedLock open, ReadOnlySpan<byte> value)
    {
        if (Field.ClientId(value) is not { } id)
            return false;
        if (id.Thread == 0)
            open.IsHeld = false;
        else
            open.Owners.Add(new ThreadName(ThreadIdKind.System, id.Thread, id.Process));
        return true;
    }
}
