using static KCallbacks.PrintedStacks.Tests.Owners.OwnerLog;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Owners as reports of other tools and programs themselves name them.</summary>
[TestClass]
public sealed class ReportFormTests
{
    private static readonly string Threads = "0:000> ~*k\n" + X64Section(0, 0x1a40) + X64Section(6, 0x2f4c);

    [TestMethod]
    [DataRow("6700: [1a2c:1a40:b]->[CriticalSection]->[1a2c:2f4c:b]->[CriticalSection]->[1a2c:1a40:b] !!!Deadlock!!!\n", "0 waits for CriticalSection, owned by 1 (certain)", "1 waits for CriticalSection, owned by 0 (certain)")]
    [DataRow("6700: [1a2c:1a40:b]->[Mutex:shop]-><abandoned>\n", "0 waits for Mutex shop: abandoned: its last owner ended without letting go", null)]
    [DataRow("6700: [1a2c:1a40:b]->[SendMessage]->[7700:2f4c:b]\n", "0 waits for WindowMessage, owned by stranger 2f4c of 7700 (likely)", null)]
    [DataRow("hung-process-wait-chain-00 : Thread 6720 in process 6700 with status Blocked\nhung-process-wait-chain-01 : Lock of type ThreadWait with status Owned\nhung-process-wait-chain-02 : Thread 12108 in process 6700 with status Blocked\n", "0 waits for Thread, owned by 1 (certain)", null)]
    public void A_wait_chain_of_windows_is_read(string lines, string first, string? second)
    {
        string[] waits = Waits(lines + Threads);

        Assert.AreEqual(first, waits[0]);
        if (second is not null)
            Assert.AreEqual(second, waits[1]);
    }

    [TestMethod]
    [DataRow("Detected possible blocking or leaked critical section at shop!g_stock owned by thread 6 in shop.dmp\nCritical Section    shop!g_stock\nLock State    Locked\nLock Count    1\nRecursion Count    1\nOwner Thread    6\nOwner Thread System ID    12108\n")]
    [DataRow("Critical Section\tshop!g_stock\nLock State\tLocked\nLock Count\t1\nRecursion Count\t1\nOwner Thread\t6\nOwner Thread System ID\t12108\n", DisplayName = "table alone, tabs")]
    public void DebugDiag_names_the_owner(string lines)
    {
        string owner = X64(6, 0x2f4c, "ntdll!NtDelayExecution", "KERNELBASE!SleepEx", "shop!Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for CriticalSection shop!g_stock, owned by 1 (likely)", Waits(lines + "\n0:000> ~*k\n" + X64Section(0, 0x1a40) + owner)[0]);
    }

    [TestMethod]
    public void DebugDiag_says_when_the_owner_is_not_there() => Assert.AreEqual(
        "0 waits for CriticalSection shop!g_stock: its owner is not listed",
        Waits("Critical Section  shop!g_stock\nLock State  Locked\nLock Count  1\nOwner Thread System ID  (not present in dump)\n\n0:000> ~*k\n" + X64Section(0, 0x1a40))[0]);

    [TestMethod]
    public void What_a_program_says_of_itself_is_likely_at_most() => Assert.AreEqual(
        "0 waits for CriticalSection 7ff7aa10c0d8, owned by 1 (likely)",
        Waits("Thread 1a40 waits for critical section 0x00007ff7aa10c0d8, owned by thread 2f4c\n" + Threads)[0]);

    [TestMethod]
    public void System_informer_names_the_object_of_a_thread() => Assert.AreEqual(
        "0 waits for Mutex b8 ShopMutex: its owner is not printed",
        Waits("0:000> ~0k\n" + X64(0, 0x1a40, "ntdll!NtWaitForSingleObject", "KERNELBASE!WaitForSingleObjectEx", "shop!Worker").TrimEnd() + "\nThread is waiting for: Mutant (0xb8): ShopMutex\n").Single());

    [TestMethod]
    [DataRow("DERIVED_WAIT_CHAIN:  \nDl Eid Cid     WaitType\n-- --- ------- --------------------------\nx  0   1a2c.1a40 Speculated (Triage)    -->\n   6   1a2c.2f4c Unknown\nWAIT_CHAIN_COMMAND:  ~0s;k;;~6s;k;;\nBLOCKING_THREAD:  0000000000002f4c\n", DisplayName = "analyze -hang")]
    [DataRow("Unable to determine why the thread is waiting.\nThread is sending a USER message: shop.exe (6700): unnamed\n")]
    [DataRow("I think thread 1a40 waits for critical section g_stock, owned by thread 2f4c\n", DisplayName = "prose")]
    [DataRow("11: [a note]->[another]\n")]
    public void What_only_guesses_names_nobody(string lines) =>
        Assert.IsTrue(Graph(lines + Threads).Threads.All(thread => thread.Waits.All(wait => wait.Owners.IsEmpty)), string.Join('\n', Waits(lines + Threads)));

    [TestMethod]
    public void A_sender_waits_for_the_thread_that_runs_the_windows_procedure()
    {
        const string log = """
            0:000> ~*kb
               0  Id: 1a2c.1a40 Suspend: 1 Teb: 7efdd000 Unfrozen
            ChildEBP RetAddr  Args to Child
            0018f5a8 75e1a5a0 00120a34 00000401 00000000 USER32!NtUserMessageCall+0x15
            0018f614 75e1a6a0 00120a34 00000401 00000000 USER32!SendMessageWorker+0x5e9
            0018f62c 00401900 00120a34 00000401 00000000 USER32!SendMessageW+0x7f
            0018f66c 7651336a 00000001 00000002 00000003 shop!Notify+0x23
            0018f6ac 77ab9f72 7efde000 7752ac42 00000000 kernel32!BaseThreadInitThunk+0xe

               1  Id: 1a2c.2f4c Suspend: 1 Teb: 7efda000 Unfrozen
            ChildEBP RetAddr  Args to Child
            0118f5a8 75711194 00000148 00000000 00000000 ntdll!NtWaitForSingleObject+0x15
            0118f614 00401194 00000148 ffffffff 00000000 KERNELBASE!WaitForSingleObjectEx+0x98
            0118f66c 75e162fa 00120a34 00000401 00000000 shop!WndProc+0x23
            0118f698 75e16d3a 00401000 00120a34 00000401 USER32!InternalCallWinProc+0x23
            0118f710 75e177c4 00000000 00401000 00120a34 USER32!UserCallWinProcCheckWow+0x109
            0118f770 75e1788a 00401000 00000000 0118f7a4 USER32!DispatchMessageWorker+0x3bc
            0118f780 00401900 0118f7b8 00000000 0118f7d4 USER32!DispatchMessageW+0xf
            0118f7ac 77ab9f72 7efde000 7752ac42 00000000 shop!main+0xe

            """;

        Assert.AreEqual("0 waits for WindowMessage 120a34 WM_USER+0x1, owned by 1 (likely)", Waits(log)[0]);
        Assert.IsTrue(Graph(log).Threads[0].Waits[0].IsBeingHandled);
        Assert.AreEqual("0 waits for WindowMessage 120a34 WM_USER+0x1: whose the window is, is not recorded", Waits(log.Replace("00401000 00120a34 00000401 USER32!Internal", "00401000 00120a36 00000401 USER32!Internal", StringComparison.Ordinal))[0]);
    }

    [TestMethod]
    public void Default_processing_sends_nothing() => Assert.IsEmpty(Waits("""
        0:000> ~*kb
           0  Id: 1a2c.1a40 Suspend: 1 Teb: 7efdd000 Unfrozen
        ChildEBP RetAddr  Args to Child
        0018f5a8 75e1a5a0 00120a34 00000112 0000f060 USER32!NtUserMessageCall+0x15
        0018f614 75e1a6a0 00120a34 00000112 0000f060 USER32!RealDefWindowProcW+0x57
        0018f62c 00401900 00120a34 00000112 0000f060 USER32!DefWindowProcW+0x6b
        0018f66c 7651336a 00000001 00000002 00000003 shop!WndProc+0x23
        0018f6ac 77ab9f72 7efde000 7752ac42 00000000 kernel32!BaseThreadInitThunk+0xe

        """));
}
