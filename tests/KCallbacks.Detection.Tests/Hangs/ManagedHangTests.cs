using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Hangs;

/// <summary>A thread of a single-threaded apartment takes messages while it waits for a lock of .NET, and hangs all the same.</summary>
[TestClass]
public sealed class ManagedHangTests
{
    [TestMethod]
    [DataRow(WaitKind.Monitor, ThreadActivity.Waits)]
    [DataRow(WaitKind.Task, ThreadActivity.Waits)]
    [DataRow(WaitKind.Invocation, ThreadActivity.Waits)]
    [DataRow(WaitKind.Thread, ThreadActivity.Waits)]
    [DataRow(WaitKind.Input, ThreadActivity.Pumps)]
    [DataRow(WaitKind.Call, ThreadActivity.Pumps, DisplayName = "a call of COM answers what comes in")]
    public void What_a_thread_does_follows_from_what_it_waits_for(WaitKind kind, ThreadActivity expected)
    {
        var waits = new ThreadWaits { Thread = new ThreadIdentity(0), Waits = [new Wait { Kind = kind, NoOwner = "nobody" }], Pumps = true };

        Assert.AreEqual(expected, StateOf(waits, inCallback: true).Activity);
    }

    [TestMethod]
    public void A_thread_that_waits_for_a_lock_is_no_thread_with_windows_for_that() =>
        Assert.IsNull(StateOf(new ThreadWaits { Thread = new ThreadIdentity(0), Waits = [new Wait { Kind = WaitKind.Monitor, NoOwner = "nobody" }], Pumps = true }, inCallback: false).HasWindows);

    private static HangThread StateOf(ThreadWaits waits, bool inCallback)
    {
        var finding = new ThreadFinding { Thread = new ThreadIdentity(0), Verdict = inCallback ? Verdict.InCallback : Verdict.None, Depth = inCallback ? 1 : 0, Reason = "" };
        return HangAnalysis.Of([finding], WaitGraph.Of([waits]), isComplete: true).Of(0)!;
    }
}
