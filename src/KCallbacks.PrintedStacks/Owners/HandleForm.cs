using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary><c>!handle b8 f</c>: <c>Handle 00000000000000b8</c>, below it type, name and, of a mutex, the owner.</summary>
internal sealed class HandleForm : IOwnerForm
{
    private ListedLock? _open;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (TryReadHead(line) is { } handle)
        {
            _open = place.Ledger.AddLock(WaitKind.KernelObject, "the handle's information");
            _open.Handle = handle;
            return true;
        }

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

    private static bool TryReadField(ListedLock open, ReadOnlySpan<byte> line)
    {
        if (Field.TryRead(line, "Type"u8, out ReadOnlySpan<byte> type))
            open.Kind = KernelObjectWaits.KindOf(HandleTypes.Of(Text.Of(type)));
        else if (Field.TryRead(line, "Name"u8, out ReadOnlySpan<byte> name))
            open.Name = name.IsEmpty || name.SequenceEqual("<none>"u8) ? null : Text.Of(name);
        else if (Field.TryRead(line, "Mutant Owner"u8, out ReadOnlySpan<byte> owner))
            ReadOwner(open, owner);
        else if (open.Kind == WaitKind.Thread && Field.TryRead(line, "Thread Id"u8, out ReadOnlySpan<byte> thread))
            ReadOwner(open, thread);
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

    /// <summary><c>0.0</c> stands where nobody owns it.</summary>
    private static void ReadOwner(ListedLock open, ReadOnlySpan<byte> value)
    {
        if (Field.ClientId(value) is not { } id)
            return;
        if (id.Thread == 0)
            open.IsHeld = false;
        else
            open.Owners.Add(new ThreadName(ThreadIdKind.System, id.Thread, id.Process));
    }
}
