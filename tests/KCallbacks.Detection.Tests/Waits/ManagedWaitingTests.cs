using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>The runtime's locks and joins are edges of the wait graph; what it does not tell stays open.</summary>
[TestClass]
public sealed class ManagedWaitingTests
{
    private static readonly ThreadWaits Native = new()
    {
        Thread = new ThreadIdentity(0, SystemId: 0x10),
        Waits = [new Wait { Kind = WaitKind.Event }, new Wait { Kind = WaitKind.Input }],
        Mode = WaitMode.Any,
        Pumps = true,
    };

    [TestMethod]
    [DataRow("Monitor.Enter")]
    [DataRow("Monitor.TryEnter")]
    public void A_lock_is_owed_by_the_thread_that_holds_it(string name)
    {
        ThreadWaits waits = Complete(new ManagedFinding([], name, new ManagedLock(0x2_0000_1230, "App.Lock", 0x20)));

        Wait wait = waits.Waits.Single();
        Assert.AreEqual((WaitKind.Monitor, WaitProof.Likely, WaitMode.All), (wait.Kind, wait.Proof, waits.Mode));
        Assert.AreEqual(new WaitOwner(0x20, 1), wait.Owners.Single());
        Assert.AreEqual(new WaitedObject(0x2_0000_1230, Name: "App.Lock"), wait.Object);
        Assert.IsTrue(waits.Pumps, "it answers sent messages all the same");
    }

    [TestMethod]
    public void A_lock_without_an_owner_says_so()
    {
        Wait wait = Complete(new ManagedFinding([], "Monitor.Enter", null)).Waits.Single();

        Assert.AreEqual((WaitKind.Monitor, WaitProof.Unknown), (wait.Kind, wait.Proof));
        Assert.IsEmpty(wait.Owners);
        Assert.IsNotNull(wait.NoOwner);
    }

    [TestMethod]
    public void The_end_of_a_thread_is_owed_by_that_thread()
    {
        Assert.AreEqual(new WaitOwner(0x20, 1), Complete(new ManagedFinding([], "Thread.Join", null, Joins: 0x20)).Waits.Single().Owners.Single());
        Assert.IsNotNull(Complete(new ManagedFinding([], "Thread.Join", null)).Waits.Single().NoOwner);
    }

    [TestMethod]
    public void What_was_handed_to_a_thread_is_owed_by_it()
    {
        Wait wait = Complete(new ManagedFinding([], "Dispatcher.Invoke", null, Invocation: new(0x20, []))).Waits.Single();

        Assert.AreEqual((WaitKind.Invocation, WaitProof.Likely, new WaitOwner(0x20, 1)), (wait.Kind, wait.Proof, wait.Owners.Single()));
    }

    [TestMethod]
    public void What_was_handed_to_a_window_is_owed_by_the_windows_thread()
    {
        var managed = new ManagedFinding([], "Control.Invoke", null, Invocation: new(null, [0x7_0000, 0x1_0238, 0x8_0000]));

        Wait wait = Complete(managed, window => window == 0x1_0238 ? new WindowOwner(0x20, null, "the table") : null).Waits.Single();
        Wait doubted = Complete(managed, window => new WindowOwner((uint)(window >> 16), null, "the table")).Waits.Single();

        Assert.AreEqual((WaitKind.Invocation, WaitProof.Likely, new WaitOwner(0x20, 1)), (wait.Kind, wait.Proof, wait.Owners.Single()));
        Assert.IsEmpty(doubted.Owners, "several of the numbers are windows");
        Assert.IsNotNull(doubted.NoOwner);
    }

    [TestMethod]
    public void WinForms_waits_again_when_the_time_of_a_single_call_is_over()
    {
        ThreadWaits oneSecond = Native with { Timeout = TimeSpan.FromSeconds(1) };

        Assert.AreEqual(Timeout.InfiniteTimeSpan, Complete(new ManagedFinding([], "Control.Invoke", null), native: oneSecond).Timeout);
        Assert.AreEqual(oneSecond.Timeout, Complete(new ManagedFinding([], "Dispatcher.Invoke", null), native: oneSecond).Timeout);
    }

    [TestMethod]
    [DataRow("Monitor.Wait", WaitKind.ConditionVariable)]
    [DataRow("Task.Wait", WaitKind.Task)]
    [DataRow("TaskAwaiter.GetResult", WaitKind.Task)]
    [DataRow("Control.Invoke", WaitKind.Invocation)]
    [DataRow("Dispatcher.Invoke", WaitKind.Invocation)]
    public void What_nobody_owes_is_named_by_its_kind(string name, WaitKind expected)
    {
        Wait wait = Complete(new ManagedFinding([], name, null)).Waits.Single();

        Assert.AreEqual((expected, 0), (wait.Kind, wait.Owners.Length));
        Assert.IsNotNull(wait.NoOwner);
    }

    [TestMethod]
    [DataRow("Thread.Sleep")]
    [DataRow("WaitHandle.WaitOne")]
    [DataRow(null)]
    public void Other_waits_are_those_of_the_system_call(string? name) => Assert.AreEqual(Native, Complete(new ManagedFinding([], name, null)));

    [TestMethod]
    public void A_thread_of_which_the_runtime_was_not_asked_waits_for_what_its_call_tells() => Assert.AreEqual(Native, Complete(null));

    private static ThreadWaits Complete(ManagedFinding? managed, Func<ulong, WindowOwner?>? ownerOf = null, ThreadWaits? native = null)
    {
        ImmutableArray<WaitInput> threads =
        [
            new() { Stack = new ThreadStack { Thread = new ThreadIdentity(0, SystemId: 0x10) } },
            new() { Stack = new ThreadStack { Thread = new ThreadIdentity(1, SystemId: 0x20) } },
        ];
        return ManagedWaiting.Complete(native ?? Native, managed, new ThreadDirectory(threads), ownerOf ?? (static _ => null));
    }
}
