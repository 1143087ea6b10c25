using static KCallbacks.PrintedStacks.Tests.Owners.OwnerLog;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>What kernel debuggers print of waits and owners.</summary>
[TestClass]
public sealed class KernelFormTests
{
    private const string A = "ffffc00a11112080";
    private const string B = "ffffc00a33334080";
    private const string C = "ffffc00a55556080";

    [TestMethod]
    public void The_owner_of_a_mutex_is_joined_by_its_thread_structure()
    {
        string log = Kernel(A, "0f10.0f44", "UserRequest", $"ffffc00a22223608  Mutant - owning thread {B}") + Kernel(B, "0f10.0f48", "UserRequest", $"ffffc00a22224608  Mutant - owning thread {A}");

        CollectionAssert.AreEqual((string[])["0 waits for Mutex ffffc00a22223608, owned by 1 (certain)", "1 waits for Mutex ffffc00a22224608, owned by 0 (certain)"], Waits(log));
        Assert.HasCount(2, Graph(log).Deadlocks.Single().Cycle);
        Assert.AreEqual(Timeout.InfiniteTimeSpan, Graph(log).Threads[0].Timeout);
    }

    [TestMethod]
    [DataRow("ffffc00a22223608  Mutant - owning thread ffffc00a99990080", "0 waits for Mutex ffffc00a22223608: thread ffffc00a99990080 owns it, which is not among the threads of the text")]
    [DataRow("ffffc00a22223608  Mutant - not owned", "0 waits for Mutex ffffc00a22223608: free: it is just being handed over")]
    [DataRow("ffffc00a22223608  Mutant - owning thread ffffc00a11112080", "0 waits for Mutex ffffc00a22223608: named as the waiting thread's own, which would not have to wait for it")]
    [DataRow("ffffc00a33334080  Thread", "0 waits for Thread ffffc00a33334080, owned by 1 (certain)")]
    [DataRow("ffffc00a33334080  ProcessObject", "0 waits for Process ffffc00a33334080: until the process ends")]
    [DataRow("ffffc00a44445080  NotificationEvent", "0 waits for Event ffffc00a44445080: whoever sets an event is not recorded")]
    [DataRow("ffffc00a44445080  SynchronizationEvent", "0 waits for Event ffffc00a44445080: whoever sets an event is not recorded")]
    [DataRow("ffffc00a44445080  Semaphore Limit 0x1", "0 waits for Semaphore ffffc00a44445080: whoever releases a semaphore is not recorded")]
    [DataRow("ffffc00a44445080  SynchronizationTimer", "0 waits for Timer ffffc00a44445080: time ends it")]
    [DataRow("Waiting for reply to ALPC Message ffff9a0155556660 : queued at port ffffc00a66667070 : owned by process ffffc00a77778080",
        "0 waits for Call ffff9a0155556660: no thread of process ffffc00a77778080 has taken the message yet, or it is not printed which")]
    public void Each_object_says_what_it_can(string line, string expected) =>
        Assert.AreEqual(expected, Waits(Kernel(A, "0f10.0f44", "UserRequest", line) + Kernel(B, "0f10.0f48", "UserRequest", "ffffc00a44446080  NotificationEvent"))[0]);

    [TestMethod]
    public void The_threads_own_timer_is_a_time_out()
    {
        string log = Kernel(A, "0f10.0f44", "UserRequest", $"ffffc00a22223608  Mutant - owning thread {B}", "ffffc00a11112158  NotificationTimer") + Kernel(B, "0f10.0f48", "UserRequest", "ffffc00a44446080  NotificationEvent");

        Assert.AreEqual("0 waits for Mutex ffffc00a22223608, owned by 1 (certain)", Waits(log)[0]);
        Assert.IsNull(Graph(log).Threads[0].Timeout);
        Assert.AreEqual("the wait has a time-out", Graph(log).Threads[0].Waits[0].State);
    }

    [TestMethod]
    public void Of_several_objects_one_may_be_enough()
    {
        string log = Kernel(A, "0f10.0f44", "UserRequest", $"ffffc00a22223608  Mutant - owning thread {B}", "ffffc00a44445080  NotificationEvent")
            + Kernel(B, "0f10.0f48", "UserRequest", $"ffffc00a22224608  Mutant - owning thread {A}");

        Assert.HasCount(3, Waits(log));
        Assert.AreNotEqual(Detection.Waits.WaitProof.Certain, Graph(log).Deadlocks.FirstOrDefault()?.Proof);
    }

    [TestMethod]
    [DataRow("Resource @ 0xffffc00a88889010    Exclusively owned\n", "")]
    [DataRow("Resource @ drv!g_lock (0xffffc00a88889010)    Exclusively owned\n", " drv!g_lock", DisplayName = "with symbol")]
    public void Waiters_and_owner_of_a_resource_are_listed(string head, string symbol)
    {
        string locks = $"""
            0: kd> !locks
            **** DUMP OF ALL RESOURCE OBJECTS ****
            KD: Scanning for held locks..

            {head.TrimEnd()}
                Contention Count = 7
                NumberOfSharedWaiters = 1
                NumberOfExclusiveWaiters = 2
                 Threads: {B}-01<*> ffffc00a9999a080-01
                 Threads Waiting On Exclusive Access:
                          {A}       {C}

            KD: Scanning for held locks.
            1204 total locks, 1 locks currently held
            0: kd> !process 0 7

            """;

        string[] waits = Waits(locks + Kernel(A, "0f10.0f44", "WrResource", "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0004.0f48", "Executive", $"ffffc00a22224608  Mutant - owning thread {A}")
            + Kernel("ffffc00a9999a080", "0f10.0f50", "WrResource", "ffffd000a1a108a8  Semaphore Limit 0x7fffffff"));

        CollectionAssert.AreEqual(
            (string[])
            [
                $"0 waits for Resource ffffc00a88889010{symbol}, owned by 1 (certain)",
                "1 waits for Mutex ffffc00a22224608, owned by 0 (certain)",
                $"2 waits for Resource ffffc00a88889010{symbol}, owned by 1 (certain)",
            ],
            waits);
    }

    [TestMethod]
    public void All_readers_of_a_resource_must_let_go()
    {
        string locks = $"0: kd> !locks\nResource @ 0xffffc00a88889010    Shared 2 owning threads\n    Contention Count = 1\n    NumberOfExclusiveWaiters = 1\n     Threads: {B}-01<*> {C}-01<*>\n"
            + $"     Threads Waiting On Exclusive Access:\n              {A}\n0: kd> !process 0 7\n";

        Assert.AreEqual(
            "0 waits for Resource ffffc00a88889010, owned by 1 and 2 (certain)",
            Waits(locks + Kernel(A, "0f10.0f44", "WrResource", "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0f10.0f48", "Executive", "ffffc00a44446080  NotificationEvent") + Kernel(C, "0f10.0f4c", "Executive", "ffffc00a44446080  NotificationEvent"))[0]);
    }

    [TestMethod]
    public void An_owner_that_is_no_thread_is_not_named()
    {
        string locks = $"0: kd> !locks\nResource @ 0xffffc00a88889010    Exclusively owned\n     Threads: ffffc00a33334083-01<*> *** Actual Thread {B}\n     Threads Waiting On Exclusive Access:\n              {A}\n0: kd> !process 0 7\n";
        string threads = Kernel(A, "0f10.0f44", "WrResource", "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0f10.0f48", "Executive", "ffffc00a44446080  NotificationEvent");

        Assert.AreEqual("0 waits for Resource ffffc00a88889010, owned by 1 (certain)", Waits(locks + threads)[0]);
        Assert.Contains("not among the threads of the text", Waits(locks.Replace($" *** Actual Thread {B}", "", StringComparison.Ordinal) + threads)[0]);
    }

    [TestMethod]
    public void A_resource_that_nobody_waits_for_holds_nobody_up()
    {
        string locks = $"0: kd> !locks\nResource @ 0xffffc00a88889010    Exclusively owned\n     Threads: {B}-01<*>\n0: kd> !process 0 7\n";

        Assert.AreEqual("0 waits for Event ffffd000a1a108e8: whoever sets an event is not recorded", Waits(locks + Kernel(A, "0f10.0f44", "Executive", "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0f10.0f48", "Executive"))[0]);
    }

    [TestMethod]
    [DataRow("dt nt!_FAST_MUTEX ffffc00a12121210", "   +0x000 Count            : 0n0\n   +0x008 Owner            : 0xffffc00a`33334080 Void\n   +0x010 Contention       : 1\n", "ffffc00a12121228  SynchronizationEvent", "FastMutex ffffc00a12121228")]
    [DataRow("dt _KMUTANT ffffc00a12121210", "   +0x000 Header           : _DISPATCHER_HEADER\n   +0x028 OwnerThread      : 0xffffc00a`33334080 _KTHREAD (System)\n", "ffffc00a12121210  Mutant", "Mutex ffffc00a12121210")]
    public void A_structure_of_the_kernel_names_its_owner(string command, string fields, string waited, string expected) => Assert.AreEqual(
        $"0 waits for {expected}, owned by 1 (certain)",
        Waits($"0: kd> {command}\n{fields}0: kd> !process 0 7\n" + Kernel(A, "0f10.0f44", "WrFastMutex", waited) + Kernel(B, "0004.0f48", "Executive", "ffffc00a44446080  NotificationEvent"))[0]);

    [TestMethod]
    public void A_fast_mutex_may_wait_for_its_own_owner()
    {
        string log = $"0: kd> dt nt!_FAST_MUTEX ffffc00a12121210\n   +0x008 Owner            : 0x{A} Void\n0: kd> !thread\n" + Kernel(A, "0f10.0f44", "WrFastMutex", "ffffc00a12121228  SynchronizationEvent");

        Assert.HasCount(1, Graph(log).Deadlocks.Single().Cycle);
    }

    [TestMethod]
    [DataRow(B, "0 waits for Call ffff9a0155556660, owned by 1 (certain)")]
    [DataRow("0000000000000000", "0 waits for Call ffff9a0155556660: no thread of the server has taken the message yet")]
    public void A_message_to_a_server_names_the_thread_that_serves_it(string server, string expected)
    {
        string log = $"""
            0: kd> !alpc /m ffff9a0155556660

            Message ffff9a0155556660
              MessageID             : 0x0AB4 (2740)
              CallbackID            : 0x1A2B (6699)
              Type                  : LPC_REQUEST
              OwnerPort             : ffffc00a66667070 [ALPC_CLIENT_COMMUNICATION_PORT]
              WaitingThread         : {A}
              QueueType             : ALPC_MSGQUEUE_PENDING
              QueuePortOwnerProcess : ffffc00a77778080 (store.exe)
              ServerThread          : {server}
              QuotaCharged          : No
            0: kd> !process 0 7

            """ + Kernel(A, "0f10.0f44", "WrLpcReply", "Waiting for reply to ALPC Message ffff9a0155556660 : queued at port ffffc00a66667070 : owned by process ffffc00a77778080")
            + Kernel(B, "0f20.0f48", "Executive", "ffffc00a44446080  NotificationEvent");

        Assert.AreEqual(expected, Waits(log)[0]);
    }

    [TestMethod]
    public void Mex_names_waiting_thread_and_owner_of_a_fast_mutex()
    {
        string log = $"0: kd> !WrFastMutex\nSystem    4 {A} dd8 1 0 0 Waiting 43s.296 WrFastMutex Owning Thread: {B} nt!ExAcquireFastMutex+0x122\n0: kd> !process 0 7\n"
            + Kernel(A, "0004.0f44", "WrFastMutex", "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0004.0f48", "Executive");

        Assert.AreEqual("0 waits for FastMutex, owned by 1 (certain)", Waits(log)[0]);
    }

    [TestMethod]
    [DataRow("!mex.mut ffffc00a22223608", "Number of waiters: 1\nOwning Thread: ffffc00a33334080\n", "ffffc00a22223608  Mutant", "Mutex ffffc00a22223608")]
    [DataRow("!mex.eresource ffffc00a88889010", "Exclusive owner:\nProcess Thread           Time   Frame\nSystem  ffffc00a33334080 2s.343 drv!Work+0x38\n", null, null)]
    public void Mex_names_the_owner_of_a_mutex_and_a_resource(string command, string lines, string? waited, string? expected)
    {
        string log = $"0: kd> {command}\n{lines}0: kd> !process 0 7\n" + Kernel(A, "0f10.0f44", "UserRequest", waited ?? "ffffd000a1a108e8  SynchronizationEvent") + Kernel(B, "0004.0f48", "Executive");

        string[] waits = Waits(log);
        Assert.HasCount(2, Graph(log).Threads);
        Assert.AreEqual(expected is null ? "0 waits for Event ffffd000a1a108e8: whoever sets an event is not recorded" : $"0 waits for {expected}, owned by 1 (certain)", waits[0]);
    }

    [TestMethod]
    public void Mex_names_the_owner_beside_the_frame()
    {
        string log = $"""
            0: kd> !mex.t {A}
            System (ffffc00a00000080) {A} (E|K|W|R|V) 4.dd8 0 0 Waiting 43s.296 WrResource
            # Child-SP         Return           Call Site
            0 ffffd000a1a10730 fffff80012345670 nt!KiSwapContext+0x76
            1 ffffd000a1a10870 fffff80012345671 nt!KiSwapThread+0x500
            2 ffffd000a1a10930 fffff80012345672 nt!KiCommitThreadWait+0x14f
            3 ffffd000a1a109d0 fffff80012345673 nt!KeWaitForSingleObject+0x233
            4 ffffd000a1a10ac0 fffff80012345674 nt!ExpWaitForResource+0x6e
            5 ffffd000a1a10b40 fffff80012345675 nt!ExAcquireResourceExclusiveLite+0x1fe Thread: {B} (System) exclusive owner of EResource: ffffc00a88889010
            6 ffffd000a1a10b90 fffff80012345676 drv!Write+0x40
            7 ffffd000a1a10bd0 0000000000000000 nt!KiStartSystemThread+0x28
            0: kd> !thread {B}

            """ + Kernel(B, "0004.0f48", "Executive");

        Assert.AreEqual("0 waits for Resource ffffc00a88889010, owned by 1 (certain)", Waits(log)[0]);
        Assert.HasCount(8, Reading.Threads(log)[0].Frames);
    }

    [TestMethod]
    public void Lines_of_objects_outside_of_a_threads_head_are_none()
    {
        string log = $"ffffc00a22223608  Mutant - owning thread {B}\n" + Kernel(A, "0f10.0f44", "UserRequest") + $"The other one: ffffc00a22223608  Mutant - owning thread {B}\n" + Kernel(B, "0f10.0f48", "UserRequest");

        Assert.IsTrue(Graph(log).Threads.All(thread => thread.Waits.All(wait => wait.Owners.IsEmpty)));
    }
}
