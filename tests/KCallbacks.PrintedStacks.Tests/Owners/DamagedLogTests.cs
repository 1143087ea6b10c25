using System.Globalization;
using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Tests.Corpus;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Logs from which lines are missing, as people cut them, or in which anything else is changed, never name a wrong owner for certain.</summary>
[TestClass]
public sealed class DamagedLogTests
{
    private const int Rounds = 300;

    /// <summary>Where nothing but two lines tells that a listing is wrong, it passes for right without them.</summary>
    private const string ToldByTwoLines = "808-critsec-in-the-wrong-bitness";

    public static IEnumerable<object[]> Texts => WaitLabel.ReadAll().Where(label => label.Recording != ToldByTwoLines).Select(label => new object[] { label.Recording, label.TextPath });

    [TestMethod]
    [DynamicData(nameof(Texts))]
    public void Lines_that_are_missing_make_no_other_owner_certain(string name, string path)
    {
        string[] lines = File.ReadAllLines(path);
        HashSet<string> allowed = [.. Certain(string.Join('\n', lines))];
        var random = new Random(name.Length);
        for (int round = 0; round < Rounds; round++)
        {
            int removed = random.Next(1, 6);
            List<string> left = [.. lines];
            for (int i = 0; i < removed; i++)
                left.RemoveRange(random.Next(left.Count), 1);

            string[] wrong = [.. Certain(string.Join('\n', left)).Except(allowed)];

            Assert.IsEmpty(wrong, $"round {round}: {string.Join(", ", wrong)}\n{string.Join('\n', lines.Except(left))}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Texts))]
    public void Anything_may_be_damaged(string name, string path)
    {
        string text = File.ReadAllText(path);
        var random = new Random(name.Length);
        for (int round = 0; round < Rounds; round++)
        {
            char[] damaged = text.ToCharArray();
            for (int i = 0; i < 20; i++)
                damaged[random.Next(damaged.Length)] = "0f \n:[]=->x!"[random.Next(12)];

            _ = OwnerLog.Graph(new string(damaged));
        }
    }

    [TestMethod]
    [DataRow("CritSec at 004c1a90")]
    [DataRow("CritSec  at ")]
    [DataRow("Critical section =")]
    [DataRow("Critical section = 0x004c1a90 (")]
    [DataRow("DebugInfo for CritSec at does not point back")]
    [DataRow("Thread waits for critical section , owned by thread")]
    [DataRow("Thread 1 waits for critical section , owned by thread")]
    [DataRow("wait-chain-01 : Lock of type with status Owned")]
    [DataRow("wait-chain-00 : Thread in process with status")]
    [DataRow("wait-chain- : ")]
    [DataRow("1: [1:2:b]->")]
    [DataRow("1: [1:2:b]->[")]
    [DataRow("1: [1:2:b]->[]->[1:3:b]")]
    [DataRow("Handle b8\n  Type\n  Mutant Owner .\n  Name")]
    [DataRow("Resource @ \nThreads:\nThreads Waiting On")]
    [DataRow("Resource @ (\nThreads: -<*> *** Actual Thread ")]
    [DataRow("Index SyncBlock MonitorHeld\n7\n7 0 3 1\n7 0 3 1 0 none")]
    [DataRow("ID OSID ThreadOBJ\nXXXX\n0 1")]
    [DataRow("CLR thread 0x holds \n...and is waiting for ")]
    [DataRow("CLR thread 0x1 holds the lock on \n...and is waiting for the lock on SyncBlock")]
    [DataRow("ClrThread DbgThread OsThread LockType Lock\n0x1\n0x1 2 0x")]
    [DataRow("WriteLockOwnerThread\nWaitingReaderThreadIds: ,,")]
    [DataRow("Message ffff9a0155556660\nWaitingThread\nServerThread :")]
    [DataRow("Lock\nObject\nOwner Thread")]
    [DataRow("Owning Thread: \nThread: x owner of EResource: ")]
    [DataRow("Exclusive owner:\nSystem")]
    [DataRow("a!b 004c1a90 77b54620 Locked")]
    [DataRow("[Waiting on lock owned by Thread ")]
    [DataRow("Detected possible blocking or leaked critical section at  owned by thread ")]
    [DataRow("Thread is waiting for: Mutant (0x): \nThread is waiting for:  (0x): ")]
    public void Pieces_of_forms_name_nobody(string lines)
    {
        string log = OwnerLog.X86(0, 0x1a40) + lines + "\n0:000> ~*kb\n" + lines + "\n" + OwnerLog.X86(6, 0x2f4c);

        Assert.IsTrue(OwnerLog.Graph(log).Threads.All(thread => thread.Waits.All(wait => wait.Owners.IsEmpty)));
    }

    /// <summary>Who waits for whom for certain, by the ids that the text prints.</summary>
    private static IEnumerable<string> Certain(string text)
    {
        WaitGraph graph = OwnerLog.Graph(text);
        return
            from thread in graph.Threads
            where thread.Thread.Printed is not null // whose stack it is the text may not say any more
            from wait in thread.Waits
            where wait.Proof == WaitProof.Certain
            from owner in wait.Owners
            select string.Create(CultureInfo.InvariantCulture, $"{thread.Thread.Printed} waits for {wait.Kind} of {graph.Of(owner.Position!.Value)!.Thread.Printed}");
    }
}
