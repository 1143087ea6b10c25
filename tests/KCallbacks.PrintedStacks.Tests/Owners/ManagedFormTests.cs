using static KCallbacks.PrintedStacks.Tests.Owners.OwnerLog;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Locks of .NET, as SOS, SOSEX and mex print them.</summary>
[TestClass]
public sealed class ManagedFormTests
{
    private static readonly string[] Entering =
    [
        "ntdll!NtWaitForMultipleObjects", "KERNELBASE!WaitForMultipleObjectsEx", "clr!WaitForMultipleObjectsEx_SO_TOLERANT", "clr!CLREventBase::WaitEx",
        "clr!AwareLock::EnterEpilogHelper", "clr!AwareLock::EnterEpilog", "clr!JITutil_MonReliableContention", "shop!Shop.Stock.Add", "ntdll!RtlUserThreadStart",
    ];

    private const string SyncBlocks = """
        0:000> !syncblk
        Index         SyncBlock MonitorHeld Recursion Owning Thread Info          SyncBlock Owner
            7 0000021c00a57114            3         1 0000021c00a69e60 2c68  10   0000021c02a1b42c Shop.Stock
        -----------------------------
        Total           12
        CCW             0

        """;

    [TestMethod]
    public void The_only_contended_lock_of_an_object_is_likely_the_one()
    {
        string log = SyncBlocks + "0:000> ~*k\n" + X64(0, 0x1a40, Entering) + X64(10, 0x2c68, "ntdll!NtDelayExecution", "KERNELBASE!SleepEx", "shop!Shop.Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for Monitor 21c02a1b42c Shop.Stock, owned by 1 (likely)", Waits(log)[0]);
    }

    [TestMethod]
    [DataRow("    7 00a57114            3         1 00a69e60     0 XXX   02a1b42c Shop.Stock", "held by a thread that has ended without letting go")]
    [DataRow("    7 00a57114            3         1 00000000     none    02a1b42c Shop.Stock", "held by no thread that exists: its owner ended without letting go")]
    public void An_orphaned_lock_has_no_owner(string row, string reason)
    {
        string log = SyncBlocks.Replace(SyncBlocks.Split('\n')[2], row, StringComparison.Ordinal) + "0:000> ~*k\n" + X64(0, 0x1a40, Entering);

        Assert.AreEqual($"0 waits for Monitor 2a1b42c Shop.Stock: {reason}", Waits(log)[0]);
    }

    [TestMethod]
    public void Two_contended_locks_may_each_be_the_one()
    {
        string log = SyncBlocks.Replace("-----------------------------", "    9 00a57314            3         1 00a69e60 2c68  10   02a1b42c Shop.Order\n-----------------------------", StringComparison.Ordinal)
            + "0:000> ~*k\n" + X64(0, 0x1a40, Entering) + X64(1, 0x1a44, Entering) + X64(10, 0x2c68, "ntdll!NtDelayExecution", "shop!Shop.Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for Monitor: the text does not name its owner", Waits(log)[0]);
    }

    [TestMethod]
    public void A_window_procedure_that_a_waiting_thread_runs_waits_itself()
    {
        string[] reentered = ["ntdll!NtDelayExecution", "KERNELBASE!SleepEx", "shop!Shop.Form.WndProc", .. Entering[2..]];

        Assert.AreEqual("0 waits for Sleep: time ends it", Waits("0:000> ~*k\n" + X64(0, 0x1a40, reentered)).Single());
    }

    [TestMethod]
    public void Sosex_names_the_circle_by_numbers_of_the_runtime()
    {
        string log = """
            0:000> !dlk
            Examining SyncBlocks...
            Scanning for ReaderWriterLock(Slim) instances...
            *DEADLOCK DETECTED*
            CLR thread 0x1f holds the Writer lock on ReaderWriterLockSlim 000000009003fbb8
            ...and is waiting for the lock on SyncBlock 000000000a86e190 OBJ:00000000f0151330[Shop.Stock]
            CLR thread 0xc1 holds the lock on SyncBlock 000000000a86e190 OBJ:00000000f0151330[Shop.Stock]
            ...and is waiting for a Reader lock on ReaderWriterLockSlim 000000009003fbb8
            CLR Thread 0x1f is waiting at Shop.Broker.Send(Shop.Msg)(+0x6b IL,+0x1a6 Native)
            CLR Thread 0xc1 is waiting at Shop.Stock.Add(Shop.Msg)(+0x2b IL,+0x96 Native)
            1 deadlock detected.
            0:000> !mlocks
            ClrThread  DbgThread  OsThread    LockType    Lock              LockLevel
            0x1f       116        0x1140      RWLockSlim  000000009003fbb8  Writer
            0xc1       12         0x2c68      SyncBlock   000000000a86e190
            0:000> ~*k

            """ + X64(12, 0x2c68, "ntdll!NtWaitForMultipleObjects", "shop!Shop.Stock.Add", "ntdll!RtlUserThreadStart")
            + X64(116, 0x1140, "ntdll!NtWaitForMultipleObjects", "shop!Shop.Broker.Send", "ntdll!RtlUserThreadStart");

        CollectionAssert.AreEqual(
            (string[])["0 waits for ReaderWriterLock 9003fbb8, owned by 1 (certain)", "1 waits for Monitor a86e190 Shop.Stock, owned by 0 (certain)"],
            Waits(log));
        Assert.HasCount(2, Graph(log).Deadlocks.Single().Cycle);
    }

    [TestMethod]
    public void Sosex_lists_waiting_threads_and_the_writer_of_a_lock()
    {
        string log = """
            0:000> !mwaits
            ClrThread  DbgThread  OsThread    LockType    Lock              LockLevel
            0x2d       12         0x2c68      RWLockSlim  000000009003fbb8  Reader
            0:000> !rwlock 000000009003fbb8
            WriteLockOwnerThread:             0x1f
            UpgradableReadLockOwnerThread:    None
            WaitingReaderThreadIds:           0x2d,0x1b
            0:000> !threads
                                                                                     Lock
                   ID OSID ThreadOBJ           State GC Mode     GC Alloc Context                  Domain           Count Apt Exception
              12   45 2c68 000001a2b3c4d5e6    26020 Preemptive  0000000000000000:0000000000000000 000001a2b3c4d000 0     STA
             116   31 1140 000001a2b3c4d5e7  2024228 Preemptive  0000000000000000:0000000000000000 000001a2b3c4d000 0     MTA
            XXXX   27    0 000001a2b3c4d5e8    30820 Preemptive  0000000000000000:0000000000000000 000001a2b3c4d000 0     Ukn
            0:000> ~*k

            """ + X64(12, 0x2c68, "ntdll!NtWaitForMultipleObjects", "shop!Shop.Stock.Add", "ntdll!RtlUserThreadStart")
            + X64(116, 0x1140, "ntdll!NtDelayExecution", "shop!Shop.Broker.Send", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for ReaderWriterLock 9003fbb8, owned by 1 (certain)", Waits(log)[0]);
    }

    [TestMethod]
    public void A_thread_of_the_runtime_without_ids_is_nobody()
    {
        string log = "0:000> !dlk\nCLR thread 0xc1 holds the lock on SyncBlock 000000000a86e190 OBJ:00000000f0151330[Shop.Stock]\nCLR thread 0x1f holds nothing\n"
            + "...and is waiting for the lock on SyncBlock 000000000a86e190 OBJ:00000000f0151330[Shop.Stock]\n0:000> ~*k\n"
            + X64(193, 0xc1, "ntdll!NtDelayExecution", "shop!Shop.Broker.Send", "ntdll!RtlUserThreadStart") + X64(31, 0x1f, Entering);

        Assert.IsTrue(Graph(log).Threads.All(thread => thread.Waits.All(wait => wait.Owners.IsEmpty)), string.Join('\n', Waits(log)));
    }

    [TestMethod]
    public void Mex_names_the_owner_with_the_managed_stack()
    {
        string log = """
            0:000> !clrstack2
            DbgId ThreadId Apartment Kind   CLR          GC Mode     GC Suspending?
                9     28c4 MTA       Worker v4.0.30319.0 Preemptive  no

            Lock
                Method         System.Threading.Monitor.Enter(System.Object)
                Object         0x0000000002a1b42c
                Owner Thread   1 2c68

            SP               IP               Function                                       Source
            000000d100f5f2a8 00007ffb00000001 System.Threading.Monitor.Enter(System.Object)
            000000d100f5f3a8 00007ffb00000002 Shop.Stock.Add(Shop.Item)
            0:000> ~10k

            """ + X64(10, 0x2c68, "ntdll!NtDelayExecution", "shop!Shop.Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for Monitor 2a1b42c, owned by 1 (certain)", Waits(log)[0]);
    }

    [TestMethod]
    [DataRow("[Waiting on lock owned by Thread 0x2c68, double-click or press enter to switch to thread]", "owned by 1 (certain)")]
    [DataRow("[Waiting on lock owned by Thread 0x9999, double-click or press enter to switch to thread]", "owned by stranger 9999 (likely)")]
    public void Visual_studio_names_the_owner_among_the_frames(string row, string expected)
    {
        string log = $"""
            0:000> ~0k
               0  Id: 1a2c.1a40 Suspend: 1 Teb: 000000d1`00000000 Unfrozen
            000000d1`000cf000 00007ffb`00000000     mscorlib.dll!System.Threading.Monitor.Enter(object obj)
            {row}
            000000d1`000cf040 00007ffb`00000001     Shop.dll!Shop.Stock.Add(Shop.Item item) Line 40
            000000d1`000cf080 00007ffb`00000002     ntdll.dll!RtlUserThreadStart()

            """ + X64(10, 0x2c68, "ntdll!NtDelayExecution", "shop!Shop.Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual($"0 waits for Monitor, {expected}", Waits(log)[0]);
        Assert.HasCount(3, Reading.Threads(log)[0].Frames);
    }
}
