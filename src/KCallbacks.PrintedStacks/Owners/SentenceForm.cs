using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// Sentences that name an owner: Visual Studio's row <c>[Waiting on lock owned by Thread 0x1a2c, double-click ..]</c>, DebugDiag's <c>Detected
/// possible blocking or leaked critical section at shop!g_stock owned by thread 6 in shop.dmp</c>, and those that programs print themselves,
/// <c>Thread 2f4c waits for critical section 0x.., owned by thread 3010</c>.
/// </summary>
internal sealed class SentenceForm : IOwnerForm
{
    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place) =>
        TryReadVisualStudio(line, place.Thread) || TryReadDebugDiag(line, place.Ledger) || TryReadSystemInformer(line, place.Thread) || TryReadProgram(line, place.Ledger);

    public void End()
    {
    }

    private static bool TryReadVisualStudio(ReadOnlySpan<byte> line, ThreadNotes? thread)
    {
        ReadOnlySpan<byte> words = "[Waiting on lock owned by Thread "u8;
        if (!line.StartsWith(words))
            return false;
        if (thread is not null && Field.Hex(line[words.Length..].TrimStart("0x"u8)) is { } owner and > 0 and <= uint.MaxValue)
            thread.Add(new NotedWait(WaitKind.Monitor, "Visual Studio names the owner of the lock") { Owners = [new ThreadName(ThreadIdKind.System, owner)] });
        return true;
    }

    private static bool TryReadDebugDiag(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        ReadOnlySpan<byte> words = "Detected possible blocking or leaked critical section at "u8;
        int by = line.IndexOf(" owned by thread "u8);
        if (!line.StartsWith(words) || by < words.Length)
            return false;
        if (Field.Decimal(line[(by + " owned by thread "u8.Length)..]) is not { } owner)
            return true;
        ListedLock listed = ledger.AddLock(WaitKind.CriticalSection, "DebugDiag");
        ReadOnlySpan<byte> place = line[words.Length..by];
        listed.Symbol = place.IndexOf((byte)'!') > 0 ? Text.Of(place) : null;
        listed.Address = listed.Symbol is null ? Field.Hex(place) : null;
        listed.IsHeld = true;
        listed.Owners.Add(new ThreadName(ThreadIdKind.Engine, owner));
        return true;
    }

    /// <summary>System Informer tells what the thread waits for, not who owns it: <c>Thread is waiting for: Mutant (0xb8): ShopMutex</c>.</summary>
    private static bool TryReadSystemInformer(ReadOnlySpan<byte> line, ThreadNotes? thread)
    {
        ReadOnlySpan<byte> words = "Thread is waiting for: "u8;
        if (!line.StartsWith(words))
            return false;
        ReadOnlySpan<byte> rest = line[words.Length..];
        int open = rest.IndexOf(" (0x"u8);
        int close = rest.IndexOf("): "u8);
        if (thread is null || open < 1 || close < open || Field.Hex(rest[(open + 2)..close]) is not { } handle)
            return true;
        thread.Add(new NotedWait(KernelObjectWaits.KindOf(HandleTypes.Of(Text.Of(rest[..open]))), "System Informer's analysis of the thread") { Handle = handle, Name = Text.Of(rest[(close + 3)..]) });
        return true;
    }

    private static bool TryReadProgram(ReadOnlySpan<byte> line, OwnerLedger ledger)
    {
        ReadOnlySpan<byte> waits = " waits for critical section "u8;
        ReadOnlySpan<byte> owned = ", owned by thread "u8;
        int middle = line.IndexOf(waits);
        int by = line.IndexOf(owned);
        if (!line.StartsWith("Thread "u8) || middle < "Thread ".Length || by < middle)
            return false;
        if (Field.Hex(line["Thread "u8.Length..middle]) is not { } waiter || Field.Hex(line[(by + owned.Length)..]) is not { } owner)
            return true;
        ledger.AddWait(new ThreadName(ThreadIdKind.System, waiter), new NotedWait(WaitKind.CriticalSection, "the program says so itself")
        {
            Address = Field.Hex(line[(middle + waits.Length)..by]),
            Owners = [new ThreadName(ThreadIdKind.System, owner)],
            IsHearsay = true,
        });
        return true;
    }
}
