using System.Globalization;
using System.Text;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Logs with very many threads.</summary>
[TestClass]
public sealed class BoundTests
{
    private const string Listing = "0:000> !locks\nCritSec shop!g_stock+0 at 004c1a90\nLockCount          1\nRecursionCount     1\nOwningThread       4\n*** Locked\n0:000> ~*kb\n";

    [TestMethod]
    public void Twenty_thousand_threads_stand_behind_the_owner_of_one_lock()
    {
        WaitHead head = OwnerLog.Graph(Listing + Threads(20_000)).Heads.Single();

        Assert.AreEqual(4u, head.Thread.SystemId);
        Assert.HasCount(19_999, head.Behind);
        Assert.AreEqual(WaitProof.Certain, head.Proof);
    }

    [TestMethod]
    public void Of_more_threads_than_a_process_has_nothing_is_concluded_and_that_is_said()
    {
        RecordingFile recording = Reading.Text(Listing + Threads(66_000)).Recording;

        Assert.IsNull(recording.Waits);
        Assert.Contains("who waits for whom is not told", recording.Problems.Single().Text);
    }

    /// <summary>Threads that wait for the section; the first one owns it and sleeps.</summary>
    private static string Threads(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"   {i}  Id: 1a2c.{(i + 1) * 4:x} Suspend: 1 Teb: 7efdd000 Unfrozen\nChildEBP RetAddr  Args to Child\n");
            text.Append(i == 0
                ? "0018f5a8 75711194 0000012c 00000000 0118f5d0 ntdll!NtDelayExecution+0x15\n"
                : $"{(i * 0x1000) + 0x5a8:x8} 77ab8e44 00000148 00000000 00000000 ntdll!NtWaitForSingleObject+0x15\n{(i * 0x1000) + 0x634:x8} 004015b3 004c1a90 00401000 0018f66c ntdll!RtlEnterCriticalSection+0x150\n");
            text.Append(CultureInfo.InvariantCulture, $"{(i * 0x1000) + 0x66c:x8} 00000000 00000001 00000002 00000003 ntdll!_RtlUserThreadStart+0x1b\n");
        }

        return text.ToString();
    }
}
