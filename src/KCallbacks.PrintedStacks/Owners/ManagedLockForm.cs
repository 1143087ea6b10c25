using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The lock that <c>!clrstack2</c> of mex prints with a waiting thread: <c>Lock</c>, below it method, object and owner.</summary>
internal sealed class ManagedLockForm : IOwnerForm
{
    private bool _isOpen;
    private ulong? _object;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.SequenceEqual("Lock"u8))
        {
            _isOpen = true;
            _object = null;
            return false;
        }

        if (!_isOpen)
            return false;
        if (Field.TryRead(line, "Method"u8, out _))
            return true;
        if (Field.TryRead(line, "Object"u8, out ReadOnlySpan<byte> item))
        {
            _object = Field.Hex(item);
            return true;
        }

        return Field.TryRead(line, "Owner Thread"u8, out ReadOnlySpan<byte> owner) && ReadOwner(owner, place);
    }

    public void End() => _isOpen = false;

    /// <summary>The runtime's number and the system's id.</summary>
    private bool ReadOwner(ReadOnlySpan<byte> value, OwnerPlace place)
    {
        int blank = value.LastIndexOfAny((byte)' ', (byte)'\t');
        if (blank > 0 && Field.Hex(value[(blank + 1)..]) is { } id and > 0 and <= uint.MaxValue)
        {
            place.Thread?.Add(new NotedWait(WaitKind.Monitor, "mex names the owner of the lock")
            {
                Address = _object,
                Owners = [new ThreadName(ThreadIdKind.System, id)],
            });
        }

        _isOpen = false;
        return true;
    }
}
