using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Hangs;

/// <summary>Says what each thread does, whether it has windows, and how many it holds up.</summary>
internal static class HangThreads
{
    private const string NamelessService = "service ";

    /// <summary>The states, in the order of the findings.</summary>
    public static ImmutableArray<HangThread> Of(ImmutableArray<ThreadFinding> findings, WaitGraph? graph)
    {
        var states = new HangThread[findings.Length];
        var byPosition = new Dictionary<int, int>(findings.Length);
        for (int i = 0; i < findings.Length; i++)
        {
            states[i] = Of(findings[i], graph?.Of(findings[i].Thread.Position));
            byPosition.TryAdd(findings[i].Thread.Position, i);
        }

        for (int i = 0; i < states.Length; i++)
        {
            if (IsAnswered(states[i], states, byPosition))
                states[i] = states[i] with { IsAnswered = true };
        }

        int[] held = HoldCounts.Of(states, byPosition);
        for (int i = 0; i < states.Length; i++)
        {
            if (held[i] > 0)
                states[i] = states[i] with { HoldsUp = held[i] };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(states);
    }

    private static HangThread Of(ThreadFinding finding, ThreadWaits? known)
    {
        bool? isWaiting = finding.Kernel?.IsWaiting;
        string? place = PlaceOf(finding, known, isWaiting);
        ThreadWaits? waits = isWaiting == false ? null : known is { Waits.IsEmpty: false } ? known : WaitByName.Of(finding, place);
        ThreadActivity activity = ActivityOf(finding, waits, place, isWaiting);
        return new HangThread(finding, activity == ThreadActivity.Returning ? null : waits, activity, HasWindows(finding, known, activity)) { StandsIn = place };
    }

    /// <summary>A thread that the kernel does not let wait runs in the kernel, whatever the name of its system call.</summary>
    private static string? PlaceOf(ThreadFinding finding, ThreadWaits? known, bool? isWaiting) =>
        (isWaiting == false ? finding.KernelFunction : null) ?? finding.BlockedIn ?? known?.Place;

    private static ThreadActivity ActivityOf(ThreadFinding finding, ThreadWaits? waits, string? place, bool? isWaiting)
    {
        if (finding.Verdict == Verdict.AtReturn)
            return ThreadActivity.Returning;
        if (waits is not null)
        {
            return TakesMessages(waits) ? ThreadActivity.Pumps
                : waits.Waits is [{ Kind: WaitKind.Sleep }] ? ThreadActivity.Sleeps
                : waits.Waits is [{ Kind: WaitKind.Unknown }] ? ThreadActivity.Unknown
                : ThreadActivity.Waits;
        }

        bool runs = place is not null && (isWaiting is { } waiting ? !waiting : !MayBeSystemCall(place));
        return runs ? ThreadActivity.Runs : ThreadActivity.Unknown;
    }

    /// <summary>The waits of .NET in a single-threaded apartment take messages on the way, and go on waiting for what they are for.</summary>
    private static bool TakesMessages(ThreadWaits waits) =>
        waits.Waits.Any(wait => wait.Kind == WaitKind.Input) || (waits.Pumps && !waits.Waits.Any(wait => IsOfRuntime(wait.Kind)));

    private static bool IsOfRuntime(WaitKind kind) => kind is WaitKind.Monitor or WaitKind.Task or WaitKind.Invocation or WaitKind.Thread or WaitKind.ConditionVariable;

    /// <summary>A system call, or code without a name in one of the modules that make them.</summary>
    private static bool MayBeSystemCall(string place)
    {
        int bang = place.LastIndexOf('!');
        if (bang >= 0)
            return FunctionName.Of(place.AsSpan(bang + 1)).IsSystemService;
        int plus = place.LastIndexOf('+');
        return place.StartsWith(NamelessService, StringComparison.Ordinal)
            || ModuleName.Recognise(plus < 0 ? place : place.AsSpan(0, plus)) is not (SystemModule.Other or SystemModule.Glue or SystemModule.Missing);
    }

    /// <summary>
    /// The window manager calls back only threads that it keeps a queue for. A thread that is none to .NET may have windows that .NET does not
    /// know.
    /// </summary>
    private static bool? HasWindows(ThreadFinding finding, ThreadWaits? known, ThreadActivity activity)
    {
        bool has = finding.Depth > 0 || finding.HasMessageLoop || activity == ThreadActivity.Pumps || finding.Kernel?.IsWindowThread == true || finding.Managed?.IsUiThread == true;
        return has ? true : known?.HasMessageQueue ?? finding.Kernel?.IsWindowThread;
    }

    private static bool IsAnswered(HangThread state, HangThread[] states, Dictionary<int, int> byPosition) =>
        state.Waits is { Waits: [{ Kind: WaitKind.WindowMessage, IsBeingHandled: false, Owners: [{ Position: { } owner }] }] }
        && byPosition.TryGetValue(owner, out int receiver)
        && (states[receiver].Activity == ThreadActivity.Pumps || states[receiver].Waits is { Pumps: true });
}
