using System.Collections.Immutable;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>Reads what a JSON report says a thread waits for.</summary>
internal static class WaitReader
{
    /// <summary>Where a thread stands that runs and of which no function is told.</summary>
    private const string KernelCode = "kernel code";

    /// <summary>All that the thread waits for.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="json">Its object.</param>
    public static ThreadWaits Read(ThreadIdentity thread, JsonElement json)
    {
        JsonElement[] waits = json.List("waitsFor");
        ThreadActivity? activity = json.Word<ThreadActivity>("activity", DisplayText.Of);
        return new ThreadWaits
        {
            Thread = thread,
            Waits = [.. waits.Select(WaitOf)],
            Mode = waits.Length == 0 ? WaitMode.All : waits[0].Text("mode") switch { "all" => WaitMode.All, "any" => WaitMode.Any, _ => WaitMode.NotKnown },
            Timeout = waits.Length == 0 ? null : waits[0].Milliseconds("timeoutMs"),
            HasMessageQueue = json.Flag("uiThread"),
            Pumps = activity == ThreadActivity.Pumps,
            Place = activity == ThreadActivity.Runs ? KernelCode : null,
        };
    }

    private static Wait WaitOf(JsonElement json)
    {
        WaitKind kind = json.Word<WaitKind>("kind", WaitPhrases.WordOf) ?? WaitKind.KernelObject;
        string? name = json.Text("name"), state = json.Text(HangJson.MessageState);
        return new Wait
        {
            Kind = kind,
            Object = new WaitedObject(json.Address("address"), json.Address("handle"), IsSymbol(kind) ? null : name, IsSymbol(kind) ? name : null),
            Owners = OwnersOf(json.List("owners")),
            Candidates = OwnersOf(json.List("candidates")),
            Access = json.Word<LockAccess>("access", WaitPhrases.WordOf),
            NoOwner = json.Text("ownerUnknownReason"),
            State = json.Text("objectState"),
            IsBeingHandled = state == HangJson.Handled,
            IsBroadcast = state == HangJson.Broadcast,
            Proof = json.Word<WaitProof>("proof", DisplayText.Of) ?? WaitProof.Unknown,
            Evidence = [.. json.Texts("evidence")],
        };
    }

    /// <summary>Things in memory are named by a symbol, things of the kernel by their own name.</summary>
    private static bool IsSymbol(WaitKind kind) => kind is WaitKind.CriticalSection or WaitKind.LoaderLock or WaitKind.SlimLock
        or WaitKind.ConditionVariable or WaitKind.Address or WaitKind.KeyedEvent or WaitKind.Resource or WaitKind.FastMutex;

    private static ImmutableArray<WaitOwner> OwnersOf(JsonElement[] owners)
    {
        ImmutableArray<WaitOwner>.Builder read = ImmutableArray.CreateBuilder<WaitOwner>(owners.Length);
        foreach (JsonElement owner in owners)
        {
            if (owner.Id("systemId") is { } id)
                read.Add(new WaitOwner(id, owner.Count("position"), owner.Id("processId"), owner.Text("processName")));
        }

        return read.DrainToImmutable();
    }
}
