using System.Collections.Immutable;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// Windows' own wait chains: the sample program prints <c>4584: [11e8:1a2c:b]->[CriticalSection]->[11e8:1a40:b]</c>, Chromium's crash keys have
/// a node per line, <c>..wait-chain-00 : Thread 10242 in process 4554 with status Blocked</c>.
/// </summary>
internal sealed class WaitChainForm : IOwnerForm
{
    private const string Evidence = "Windows' wait chain of the thread";
    private const string Abandoned = "abandoned: its last owner ended without letting go";

    private ThreadName? _waiter;
    private (WaitKind Kind, string? Name)? _lock;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place) => TryReadChain(line, place.Ledger) || TryReadKey(line, place.Ledger);

    public void End()
    {
        _waiter = null;
        _lock = null;
    }

    private bool TryReadChain(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        int colon = line.IndexOf((byte)':');
        int arrow = line.IndexOf("]->"u8);
        if (arrow < 0 || colon < 1 || !Letters.IsDigit(line[0]) || ThreadIn(line[(colon + 1)..].TrimStart((byte)' ')) is not { } first)
            return false;

        End();
        _waiter = first;
        ReadOnlySpan<byte> rest = line[(arrow + 3)..];
        while (!rest.IsEmpty && rest[0] is (byte)'[' or (byte)'<')
        {
            int end = rest.IndexOfAny((byte)']', (byte)'>');
            if (end < 0)
                break;
            ReadNode(rest[..(end + 1)], ledger);
            rest = rest[(end + 1)..];
            if (!rest.StartsWith("->"u8))
                break;
            rest = rest[2..];
        }

        End();
        return true;
    }

    private void ReadNode(ReadOnlySpan<byte> node, OwnerLedger ledger)
    {
        if (node.SequenceEqual("<abandoned>"u8))
            Take(owner: null, Abandoned, ledger);
        else if (ThreadIn(node) is { } thread)
            Take(thread, reason: null, ledger);
        else
            _lock = LockIn(node.Trim("[]"u8));
    }

    /// <summary><c>[11e8:1a2c:b]</c>: process, thread, blocked or not; both ids in hexadecimal digits.</summary>
    private static ThreadName? ThreadIn(ReadOnlySpan<byte> node)
    {
        var line = new LineCursor(node);
        return line.TryTake((byte)'[') && line.TryTakeHex(out HexNumber process) && line.TryTake((byte)':') && line.TryTakeHex(out HexNumber thread)
            && line.TryTake((byte)':') && process.Value <= uint.MaxValue
            ? new ThreadName(ThreadIdKind.System, thread.Value, (uint)process.Value)
            : null;
    }

    /// <summary><c>Mutex:shop</c></summary>
    private static (WaitKind, string?) LockIn(ReadOnlySpan<byte> node)
    {
        int colon = node.IndexOf((byte)':');
        string type = Text.Of(colon < 0 ? node : node[..colon]);
        return (KindOf(type), colon < 0 ? null : Text.Of(node[(colon + 1)..]));
    }

    private static WaitKind KindOf(string type) => type.Replace(" ", "", StringComparison.Ordinal) switch
    {
        "CriticalSection" => WaitKind.CriticalSection,
        "Mutex" => WaitKind.Mutex,
        MessageCallType.Sending => WaitKind.WindowMessage,
        "ThreadWait" or "Thread" => WaitKind.Thread,
        "ProcessWait" or "Process" => WaitKind.Process,
        "Alpc" or "ALPC" or "COM" or "ComActivation" => WaitKind.Call,
        _ => WaitKind.KernelObject,
    };

    private bool TryReadKey(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        int key = line.IndexOf("wait-chain-"u8);
        int colon = line.IndexOf(" : "u8);
        if (key < 0 || colon < key)
            return false;
        ReadOnlySpan<byte> text = line[(colon + 3)..];
        if (line[(key + "wait-chain-"u8.Length)..].StartsWith("00"u8))
            End();
        if (text.StartsWith("Lock of type "u8))
            _lock = (KindOf(Text.Of(Before(text["Lock of type "u8.Length..], " with status"u8))), null);
        else if (text.StartsWith("Thread "u8))
            ReadThread(text["Thread "u8.Length..], ledger);
        return true;
    }

    private void ReadThread(ReadOnlySpan<byte> text, OwnerLedger ledger)
    {
        int process = text.IndexOf(" in process "u8);
        if (Field.Decimal(text) is not { } id || process < 0)
            return;
        var thread = new ThreadName(ThreadIdKind.System, id, Field.Decimal(text[(process + " in process "u8.Length)..]));
        if (_waiter is null)
            _waiter = thread;
        else
            Take(thread, reason: null, ledger);
    }

    private static ReadOnlySpan<byte> Before(ReadOnlySpan<byte> text, ReadOnlySpan<byte> words) => text.IndexOf(words) is var end and >= 0 ? text[..end] : text;

    private void Take(ThreadName? owner, string? reason, OwnerLedger ledger)
    {
        if (_waiter is { } waiter && _lock is { } held)
        {
            ImmutableArray<ThreadName> owners = owner is { } known ? [known] : [];
            ledger.AddWait(waiter, new NotedWait(held.Kind, Evidence) { Name = held.Name, Owners = owners, NoOwner = reason });
        }

        _waiter = owner;
        _lock = null;
    }
}
