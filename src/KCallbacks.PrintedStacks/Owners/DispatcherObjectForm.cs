using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// The objects that <c>!thread</c> lists below a waiting thread, <c>ffffc00a22223608  Mutant - owning thread ffffc00a33334080</c>, and what it
/// says of a call to another process.
/// </summary>
internal sealed class DispatcherObjectForm : IOwnerForm
{
    private const int FewestDigits = 8;
    private const string OwningThread = "owning thread ";
    private const string Evidence = "the kernel's list of what the thread waits for";

    private static ReadOnlySpan<byte> PortMessage => "Waiting for reply to ALPC Message "u8;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        if (place is not { Thread: { } thread, AwaitsFrames: true })
            return false;
        if (line.StartsWith(PortMessage) || line.StartsWith("Waiting for reply to LPC MessageId "u8))
            return ReadCall(line, thread);
        var cursor = new LineCursor(line);
        if (!cursor.TryTakeHex(out HexNumber address) || address.Digits < FewestDigits || !cursor.AtGap)
            return false;
        cursor.SkipBlanks();
        return TryRead(address.Value, cursor.TakeWord(), cursor.Rest.Trim(" \t"u8), thread);
    }

    public void End()
    {
    }

    private static bool TryRead(ulong address, ReadOnlySpan<byte> type, ReadOnlySpan<byte> rest, ThreadNotes thread)
    {
        if (KindOf(type) is not { } kind)
            return false;
        if (kind == WaitKind.Timer && thread.Holds(address))
        {
            thread.HasTimeout = true;
            return true;
        }

        var wait = new NotedWait(kind, Evidence) { Address = address };
        thread.Add(kind switch
        {
            WaitKind.Mutex => OfMutex(wait, rest),
            WaitKind.Thread => wait with { Owners = [new ThreadName(ThreadIdKind.KernelAddress, address)] },
            _ => wait with { NoOwner = ReasonOf(kind) },
        });
        return true;
    }

    /// <summary>The extension mex prints <c>Mutant    0 Owning Thread: ffffc00a33334080 (System)</c>.</summary>
    private static NotedWait OfMutex(NotedWait wait, ReadOnlySpan<byte> rest)
    {
        int owning = IndexOfIgnoreCase(rest, OwningThread);
        if (owning < 0)
            owning = IndexOfIgnoreCase(rest, "owning thread: ") is var colon and >= 0 ? colon + 1 : -1;
        if (owning < 0)
            return wait with { NoOwner = rest.IndexOf("not owned"u8) >= 0 ? "free: it is just being handed over" : "its owner is not printed" };
        return Field.Hex(rest[(owning + OwningThread.Length)..]) is { } owner and not 0
            ? wait with { Owners = [new ThreadName(ThreadIdKind.KernelAddress, owner)] }
            : wait with { NoOwner = "free: it is just being handed over" };
    }

    private static bool ReadCall(ReadOnlySpan<byte> line, ThreadNotes thread)
    {
        const string owned = "owned by process ";
        int process = IndexOfIgnoreCase(line, owned);
        string? server = process >= 0 && Field.Hex(line[(process + owned.Length)..]) is { } address ? $"{address:x}" : null;
        thread.Add(new NotedWait(WaitKind.Call, "the kernel's note of the message")
        {
            Address = line.StartsWith(PortMessage) ? Field.Hex(line[PortMessage.Length..]) : null,
            NoOwner = server is null ? "the thread that serves the call is not printed" : $"no thread of process {server} has taken the message yet, or it is not printed which",
        });
        return true;
    }

    private static string ReasonOf(WaitKind kind) => kind switch
    {
        WaitKind.Event => "whoever sets an event is not recorded",
        WaitKind.Semaphore => "whoever releases a semaphore is not recorded",
        WaitKind.Timer => "time ends it",
        WaitKind.Process => "until the process ends",
        WaitKind.Work => "it waits for work",
        _ => "an object without owner",
    };

    private static WaitKind? KindOf(ReadOnlySpan<byte> word)
    {
        string type = Text.Of(word);
        return type switch
        {
            "ProcessObject" => WaitKind.Process,
            "NotificationEvent" or "SynchronizationEvent" => WaitKind.Event,
            "NotificationTimer" or "SynchronizationTimer" => WaitKind.Timer,
            "QueueObject" => WaitKind.Work,
            "Gate" or "GateObject" => WaitKind.KernelObject,
            _ => HandleTypes.Of(type) is var known && known is HandleType.Mutex or HandleType.Thread or HandleType.Process or HandleType.Semaphore
                ? KernelObjectWaits.KindOf(known)
                : null,
        };
    }

    private static int IndexOfIgnoreCase(ReadOnlySpan<byte> line, string words)
    {
        for (int i = 0; i + words.Length <= line.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(line.Slice(i, words.Length), words))
                return i;
        }

        return -1;
    }
}
