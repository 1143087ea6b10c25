using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Joins senders with receivers where nothing tells whose the window is: a single other thread that handles a message of the same
/// number in its innermost callback is likely the receiver.
/// </summary>
internal sealed class MessageJoin(ThreadDirectory threads)
{
    /// <summary>Threads that are told where more than one may be the receiver.</summary>
    private const int MostReceivers = 8;

    /// <summary>Completes the waits.</summary>
    public ImmutableArray<ThreadWaits> Complete(ImmutableArray<ThreadWaits> waits)
    {
        Lazy<ILookup<string, WaitInput>> receivers = new(() => threads.Threads
            .Where(thread => MessageOf(thread) is not null)
            .ToLookup(thread => MessageOf(thread)!, StringComparer.Ordinal));
        ImmutableArray<ThreadWaits>.Builder? completed = null;
        for (int i = 0; i < waits.Length; i++)
        {
            if (waits[i].Waits is not [{ Kind: WaitKind.WindowMessage, Owners.IsEmpty: true, IsBroadcast: false, Object.Name: not null } sent])
                continue;
            completed ??= waits.ToBuilder();
            completed[i] = waits[i] with { Waits = [Join(waits[i], sent, receivers.Value)] };
        }

        return completed?.MoveToImmutable() ?? waits;
    }

    private static Wait Join(ThreadWaits sender, Wait sent, ILookup<string, WaitInput> receivers)
    {
        WaitInput[] others = [.. receivers[sent.Object.Name!].Where(thread => thread.Stack.Thread.Position != sender.Thread.Position).Take(MostReceivers)];
        if (others.Length > 1)
            return sent with { NoOwner = $"several threads handle {sent.Object.Name}, and nothing tells which of them has the window", Candidates = [.. others.Select(ThreadDirectory.OwnerOf)] };
        if (others is not [{ Stack.Thread: { SystemId: { } id } receiver }])
            return sent;
        return sent with
        {
            Owners = [new WaitOwner(id, receiver.Position)],
            NoOwner = null,
            Proof = WaitProof.Likely,
            IsBeingHandled = true,
            Evidence = sent.Evidence.Add(string.Create(CultureInfo.InvariantCulture, $"thread {id:x} is the only one that handles {sent.Object.Name}")),
        };
    }

    /// <summary>The message of a thread's innermost callback as waits name it; null when it handles none.</summary>
    private static string? MessageOf(WaitInput thread) => Innermost(thread.Finding)?.Message is { } message
        ? MessageNames.Of(message.Number) ?? string.Create(CultureInfo.InvariantCulture, $"0x{message.Number:x}")
        : null;

    /// <summary>A callback of low confidence may be left over from a call that is over; then the next one is the innermost.</summary>
    private static Callback? Innermost(ThreadFinding? finding) =>
        finding?.Callbacks.FirstOrDefault(callback => callback.Message is not null || callback.Confidence > Confidence.Low);
}
