using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Signatures;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Signatures;

/// <summary>Which thread stands for a hang; its place among the others must not matter.</summary>
[TestClass]
public sealed class HungThreadTests
{
    private const string Wndproc = "user32!__fnDWORD";

    [TestMethod]
    public void Of_a_circle_it_is_the_thread_with_windows() =>
        AssertSignature("kc1|wndproc|lock|app", [Made("app", Wndproc, Section(1)), Made("worker", null, Sent(0))]);

    [TestMethod]
    public void Of_a_circle_over_two_windows_it_is_the_one_that_waits_for_no_answer() =>
        AssertSignature("kc1|wndproc|lock|app", [Made("app", Wndproc, Section(1)), Made("other", Wndproc, Sent(0))]);

    [TestMethod]
    public void Of_a_chain_it_is_the_head_when_that_has_windows() =>
        AssertSignature("kc1|wndproc|object|busy", [Made("app", Wndproc, Sent(1)), Made("busy", Wndproc, Event)]);

    [TestMethod]
    public void Of_a_chain_that_ends_in_a_worker_it_is_the_thread_with_windows_behind_it() =>
        AssertSignature("kc1|wndproc|lock|app", [Made("app", Wndproc, Section(1)), Made("worker", null, Event)]);

    [TestMethod]
    public void Without_owners_it_is_the_one_that_waits_for_no_answer_then_the_deeper_one()
    {
        Wait unowned = new() { Kind = WaitKind.WindowMessage, NoOwner = "nobody is recorded" };

        AssertSignature("kc1|wndproc|object|app", [Made("app", Wndproc, Event), Made("other", Wndproc, unowned)]);
        AssertSignature("kc1|hook/wndproc|object|other", [Made("app", Wndproc, Event), Made("other", Wndproc, Event, outer: "user32!__fnHkINLPMSG")]);
    }

    [TestMethod]
    public void An_idle_program_has_none()
    {
        (ThreadFinding finding, ThreadWaits waits) = Made("app", null, new Wait { Kind = WaitKind.Input })(0, _ => 0);

        Assert.IsNull(HangSignature.Of(HangAnalysis.Of([finding with { HasMessageLoop = true }], WaitGraph.Of([waits]), isComplete: true)));
    }

    private static Wait Event { get; } = new() { Kind = WaitKind.Event, NoOwner = "nobody is recorded" };

    /// <summary>Two threads, in both orders.</summary>
    private static void AssertSignature(string expected, Func<int, Func<int, int>, (ThreadFinding, ThreadWaits)>[] threads)
    {
        foreach (bool isTurned in new[] { false, true })
        {
            int Place(int thread) => isTurned ? threads.Length - 1 - thread : thread;
            var made = threads.Select((thread, index) => thread(Place(index), Place)).OrderBy(pair => pair.Item1.Thread.Position).ToArray();
            HangResult result = HangAnalysis.Of([.. made.Select(pair => pair.Item1)], WaitGraph.Of([.. made.Select(pair => pair.Item2)]), isComplete: true);

            Assert.AreEqual(expected, HangSignature.Of(result)?.Text, isTurned ? "the other way round" : "");
        }
    }

    private static Func<int, Func<int, int>, (ThreadFinding, ThreadWaits)> Made(string module, string? routine, Wait wait, string? outer = null) => (position, place) =>
    {
        var identity = new ThreadIdentity(position, null, (uint)position, 0x1000 + (uint)position);
        ImmutableArray<Callback> callbacks = routine is null ? [] : [new() { Routine = routine, Handler = $"{module}!Handler", Frame = 3 }];
        if (outer is not null)
            callbacks = callbacks.Add(new() { Routine = outer });
        var finding = new ThreadFinding
        {
            Thread = identity,
            Verdict = routine is null ? Verdict.None : Verdict.InCallback,
            Depth = callbacks.Length,
            Confidence = Confidence.High,
            Reason = "made",
            ProgramFunction = routine is null ? $"{module}!Work" : null,
            Callbacks = callbacks,
        };
        Wait owned = wait.Owners is [{ Position: { } owner }] ? wait with { Owners = [new WaitOwner(0x1000 + (uint)place(owner), place(owner))] } : wait;
        return (finding, new ThreadWaits { Thread = identity, Waits = [owned], HasMessageQueue = routine is not null, Timeout = Timeout.InfiniteTimeSpan });
    };

    private static Wait Section(int owner) => Owned(WaitKind.CriticalSection, owner);

    private static Wait Sent(int owner) => Owned(WaitKind.WindowMessage, owner) with { IsBeingHandled = true };

    private static Wait Owned(WaitKind kind, int owner) => new() { Kind = kind, Owners = [new WaitOwner(0, owner)], Proof = WaitProof.Certain };
}
