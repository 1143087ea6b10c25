using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Hangs;

/// <summary>What a target's threads add up to.</summary>
[TestClass]
public sealed class HangAnalysisTests
{
    private const string Locked = "ntdll!NtWaitForAlertByThreadId";

    private static readonly Wait Event = new() { Kind = WaitKind.Event, NoOwner = "nobody is recorded" };
    private static readonly Wait Messages = new() { Kind = WaitKind.Input };
    private static readonly Wait Work = new() { Kind = WaitKind.Work };

    [TestMethod]
    public void A_circle_is_a_deadlock_with_those_behind_it()
    {
        HangResult result = Of(Thread(0, callbacks: 1, waits: Section(1)), Thread(1, waits: Section(0)), Thread(2, waits: Section(1)));

        Assert.AreEqual(HangState.Deadlock, result.State);
        Assert.AreEqual(WaitProof.Certain, result.Proof);
        Assert.AreSequenceEqual([0, 1], result.Findings[0].Cycle);
        Assert.AreSequenceEqual([2], result.Findings[0].Behind);
        Assert.AreSequenceEqual([2, 2, 0], result.Threads.Select(thread => thread.HoldsUp));
    }

    [TestMethod]
    public void A_circle_of_threads_without_windows_is_one_all_the_same() =>
        Assert.AreEqual(HangState.Deadlock, Of(Thread(0, waits: Section(1)), Thread(1, waits: Section(0))).State);

    [TestMethod]
    public void A_head_is_told_with_whom_it_holds_up()
    {
        HangResult result = Of(Thread(0, callbacks: 1, waits: Section(1)), Thread(1, waits: Section(2)), Thread(2, place: "app!Compute"));

        Assert.AreEqual(HangState.Blocked, result.State);
        Assert.AreEqual(2, result.Findings[0].Head!.Position);
        Assert.AreSequenceEqual([0, 1, 2], result.Findings[0].Threads.Order());
        Assert.AreSequenceEqual([0], result.Findings[0].Windows);
        Assert.AreEqual(2, result.Of(2)!.HoldsUp);
        Assert.AreEqual(ThreadActivity.Runs, result.Of(2)!.Activity);
    }

    [TestMethod]
    public void Workers_behind_a_worker_are_no_finding_beside_an_idle_window()
    {
        HangResult result = Of(Thread(0, waits: Messages), Thread(1, waits: Section(2)), Thread(2, place: "app!Compute"));

        Assert.AreEqual(HangState.Idle, result.State);
        Assert.IsEmpty(result.Findings);
    }

    [TestMethod]
    public void Without_any_window_they_are() =>
        Assert.AreEqual(HangState.Blocked, Of(Thread(1, waits: Section(2)), Thread(2, place: "app!Compute")).State);

    [TestMethod]
    [DataRow(true, HangState.Blocked)]
    [DataRow(false, HangState.Idle)]
    public void A_wait_without_an_owner_blocks_a_thread_with_a_queue_alone(bool hasQueue, HangState expected) =>
        Assert.AreEqual(expected, Of(Thread(0, queue: hasQueue, waits: Event)).State);

    [TestMethod]
    public void A_loop_on_the_stack_makes_a_thread_one_with_windows()
    {
        ThreadFinding finding = Thread(0, waits: Event).Finding with { HasMessageLoop = true };

        HangResult result = HangAnalysis.Of([finding], WaitGraph.Of([new ThreadWaits { Thread = finding.Thread, Waits = [Event] }]), isComplete: true);

        Assert.AreEqual(HangState.Blocked, result.State);
    }

    [TestMethod]
    public void A_thread_that_waits_for_work_is_not_blocked() => Assert.AreEqual(HangState.Idle, Of(Thread(0, queue: true, waits: Work)).State);

    [TestMethod]
    [DataRow("app!Compute", HangState.Busy)]
    [DataRow("ntdll!RtlAllocateHeap", HangState.Busy)]
    [DataRow("app+0x1900", HangState.Busy)]
    [DataRow("ntdll+0x1df4", HangState.Unclear)]
    [DataRow("win32u+0x1084", HangState.Unclear)]
    [DataRow("service 0x1db", HangState.Unclear)]
    [DataRow("win32u!NtGdiBitBlt", HangState.Unclear)]
    [DataRow(null, HangState.Unclear)]
    public void Only_code_that_surely_runs_is_said_to(string? place, HangState expected) =>
        Assert.AreEqual(expected, Of(Thread(0, callbacks: 1, place: place)).State);

    /// <summary>The name of a system call does not say that the thread waits in it; the kernel's state does.</summary>
    [TestMethod]
    [DataRow(false, ThreadActivity.Runs, "nt!IopXxxControlFile")]
    [DataRow(true, ThreadActivity.Waits, "ntdll!NtWaitForSingleObject")]
    [DataRow(null, ThreadActivity.Waits, "ntdll!NtWaitForSingleObject")]
    public void A_thread_that_the_kernel_lets_run_waits_for_nothing(bool? isWaiting, ThreadActivity activity, string place)
    {
        (ThreadFinding finding, ThreadWaits waits) = Thread(0, callbacks: 1, place: "ntdll!NtWaitForSingleObject", waits: Event);
        finding = finding with { Kernel = new KernelState(CallbackDepth: 1, IsWaiting: isWaiting), KernelFunction = "nt!IopXxxControlFile" };

        HangThread thread = HangAnalysis.Of([finding], WaitGraph.Of([waits]), isComplete: true).Threads[0];

        Assert.AreEqual((activity, place), (thread.Activity, thread.StandsIn));
        Assert.AreEqual(activity == ThreadActivity.Waits, thread.Waits is not null);
    }

    /// <summary>A page fault or a suspension stops a thread in any code.</summary>
    [TestMethod]
    public void A_thread_that_the_kernel_lets_wait_does_not_run_whatever_code_it_stands_in()
    {
        ThreadFinding finding = Thread(0, callbacks: 1, place: "app!Compute").Finding with { Kernel = new KernelState(CallbackDepth: 1, WaitReason: "WrSuspended", IsWaiting: true) };

        Assert.AreEqual(ThreadActivity.Unknown, HangAnalysis.Of([finding], null, isComplete: true).Threads[0].Activity);
    }

    [TestMethod]
    [DataRow("ntdll!NtWaitForSingleObject", WaitKind.KernelObject)]
    [DataRow("ntdll!ZwDelayExecution", WaitKind.Sleep)]
    [DataRow("KERNELBASE!WaitForSingleObjectEx", WaitKind.KernelObject)]
    [DataRow(Locked, WaitKind.Address)]
    [DataRow("win32u!NtUserGetMessage", WaitKind.Input)]
    [DataRow("ntdll!NtReadFile", WaitKind.InputOutput)]
    public void Without_a_graph_the_name_of_the_call_tells_the_kind_of_wait(string place, WaitKind expected)
    {
        HangResult result = HangAnalysis.Of([Thread(0, callbacks: 1, place: place).Finding], null, isComplete: true);

        Assert.AreEqual(expected, result.Threads[0].Waits!.Waits.Single().Kind);
        Assert.IsEmpty(result.Threads[0].Waits!.Waits[0].Owners);
    }

    /// <summary>Default processing of a message uses the call that sends messages.</summary>
    [TestMethod]
    public void A_message_call_is_a_wait_only_where_the_frames_show_a_sender()
    {
        ThreadFinding finding = Thread(0, callbacks: 1, place: "win32u!NtUserMessageCall").Finding;

        Assert.AreEqual(ThreadActivity.Unknown, HangAnalysis.Of([finding], null, true).Threads[0].Activity);
        Assert.AreEqual(
            ThreadActivity.Waits,
            HangAnalysis.Of([finding with { Shapes = [new HangShape("sender", "waiting for another thread's window", [0])] }], null, true).Threads[0].Activity);
    }

    [TestMethod]
    public void A_receiver_that_answers_messages_blocks_nobody()
    {
        Wait sent = Section(1) with { Kind = WaitKind.WindowMessage };

        HangResult result = Of(Thread(0, callbacks: 1, waits: sent), Thread(1, waits: Messages));

        Assert.AreEqual(HangState.Unclear, result.State);
        Assert.AreEqual(HangDoubt.Answered, result.Doubt);
        Assert.IsTrue(result.Of(0)!.IsAnswered);
        Assert.AreEqual(0, result.Of(1)!.HoldsUp);
    }

    [TestMethod]
    public void A_thread_at_the_return_waits_for_nothing()
    {
        ThreadFinding finding = Thread(0, callbacks: 1, place: "ntdll!NtCallbackReturn").Finding with { Verdict = Verdict.AtReturn };

        HangThread thread = HangAnalysis.Of([finding], null, isComplete: true).Threads[0];

        Assert.AreEqual(ThreadActivity.Returning, thread.Activity);
        Assert.IsNull(thread.Waits);
    }

    [TestMethod]
    public void A_thread_that_was_not_judged_makes_an_idle_target_unclear()
    {
        ThreadFinding unknown = Thread(1).Finding with { Verdict = Verdict.Unknown };
        ThreadFinding guessed = Thread(1, place: "app!Work").Finding with { Confidence = Confidence.Low };

        Assert.AreEqual(HangDoubt.NotJudged, HangAnalysis.Of([Thread(0, waits: Messages).Finding, unknown], null, true).Doubt);
        Assert.AreEqual(HangDoubt.NotJudged, HangAnalysis.Of([Thread(0, waits: Messages).Finding, guessed], null, true).Doubt);
        Assert.AreEqual(HangState.Unclear, HangAnalysis.Of([Thread(0, place: "win32u!NtUserGetMessage").Finding], null, true, guessed: 1).State);
    }

    [TestMethod]
    public void A_cut_scan_is_never_idle_and_a_find_of_it_stays_certain()
    {
        ThreadFinding idle = Thread(0, place: "win32u!NtUserGetMessage").Finding;
        (ThreadFinding Finding, ThreadWaits Waits)[] circle = [Thread(0, callbacks: 1, waits: Section(1)), Thread(1, waits: Section(0))];

        HangResult cut = HangAnalysis.Of([.. circle.Select(thread => thread.Finding)], WaitGraph.Of([.. circle.Select(thread => thread.Waits)]), isComplete: false);

        Assert.AreEqual(HangState.Unclear, HangAnalysis.Of([idle], null, isComplete: false).State);
        Assert.AreEqual((HangState.Deadlock, WaitProof.Certain), (cut.State, cut.Proof));
    }

    [TestMethod]
    public void Nothing_to_judge_is_unclear() => Assert.AreEqual(HangDoubt.NothingToJudge, HangAnalysis.Of([], null, isComplete: true).Doubt);

    /// <summary>Every thread on any chain is held up by those in front of it: compared with a walk from each thread.</summary>
    [TestMethod]
    public void Held_up_threads_are_counted_as_a_walk_counts_them()
    {
        var random = new Random(5);
        for (int run = 0; run < 200; run++)
        {
            int count = random.Next(1, 40);
            int[] owners = [.. Enumerable.Range(0, count).Select(i => random.Next(3) == 0 ? -1 : random.Next(count))];
            HangResult result = Of([.. Enumerable.Range(0, count).Select(i => owners[i] < 0 ? Thread(i, place: "app!Run") : Thread(i, waits: Section(owners[i])))]);

            Assert.AreSequenceEqual(Enumerable.Range(0, count).Select(i => WaitersOf(i, owners)), result.Threads.Select(thread => thread.HoldsUp), $"owners {string.Join(' ', owners)}");
        }
    }

    private static int WaitersOf(int thread, int[] owners) => Enumerable.Range(0, owners.Length).Count(other => other != thread && Reaches(other, thread, owners));

    private static bool Reaches(int from, int to, int[] owners)
    {
        for (int step = 0; step < owners.Length && owners[from] >= 0; step++)
        {
            from = owners[from];
            if (from == to)
                return true;
        }

        return false;
    }

    private static HangResult Of(params (ThreadFinding Finding, ThreadWaits Waits)[] threads) =>
        HangAnalysis.Of([.. threads.Select(thread => thread.Finding)], WaitGraph.Of([.. threads.Select(thread => thread.Waits)]), isComplete: true);

    private static (ThreadFinding Finding, ThreadWaits Waits) Thread(int position, int callbacks = 0, bool? queue = false, string? place = null, params ImmutableArray<Wait> waits)
    {
        var identity = new ThreadIdentity(position, null, (uint)position, 0x1000 + (uint)position);
        var finding = new ThreadFinding
        {
            Thread = identity,
            Verdict = callbacks > 0 ? Verdict.InCallback : Verdict.None,
            Depth = callbacks,
            Confidence = Confidence.High,
            Reason = "made",
            BlockedIn = place ?? (waits.IsEmpty ? null : Locked),
        };
        return (finding, new ThreadWaits { Thread = identity, Waits = waits, HasMessageQueue = queue, Pumps = waits.Any(wait => wait.Kind == WaitKind.Input), Timeout = Timeout.InfiniteTimeSpan });
    }

    private static Wait Section(int owner) => new()
    {
        Kind = WaitKind.CriticalSection,
        Owners = [new WaitOwner(0x1000 + (uint)owner, owner)],
        Proof = WaitProof.Certain,
    };
}
