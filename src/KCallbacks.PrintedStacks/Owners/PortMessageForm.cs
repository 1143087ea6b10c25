using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary><c>!alpc /m</c>: a message to a server, the thread that waits for the answer and the one that serves it.</summary>
internal sealed class PortMessageForm : IOwnerForm
{
    private ulong? _message;
    private ulong? _waiter;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (line.StartsWith("Message "u8) && Field.Hex(line["Message "u8.Length..]) is { } message)
        {
            (_message, _waiter) = (message, null);
            return false; // programs begin lines with this word, too
        }

        if (_message is null)
            return false;
        if (Field.TryRead(line, "WaitingThread"u8, out ReadOnlySpan<byte> waiter))
        {
            _waiter = Field.Hex(waiter);
            return true;
        }

        return Field.TryRead(line, "ServerThread"u8, out ReadOnlySpan<byte> server) && ReadServer(Field.Hex(server), place.Ledger);
    }

    public void End() => _message = null;

    private bool ReadServer(ulong? server, OwnerLedger ledger)
    {
        if (_waiter is { } waiter and not 0)
        {
            ledger.AddWait(new ThreadName(ThreadIdKind.KernelAddress, waiter), new NotedWait(WaitKind.Call, "the kernel's message names the thread that serves it")
            {
                Address = _message,
                Owners = server is { } thread and not 0 ? [new ThreadName(ThreadIdKind.KernelAddress, thread)] : [],
                NoOwner = "no thread of the server has taken the message yet",
            });
        }

        End();
        return true;
    }
}
