using static KCallbacks.PrintedStacks.Tests.Owners.OwnerLog;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Critical sections, as debuggers list them.</summary>
[TestClass]
public sealed class CriticalSectionFormTests
{
    private const string Locks = """
        0:000> !locks
        CritSec shop!g_stock+0 at 004c1a90
        WaiterWoken        No
        LockCount          1
        RecursionCount     1
        OwningThread       2f4c
        EntryCount         0
        ContentionCount    3
        *** Locked

        CritSec +1c2d3e40 at 1c2d3e40
        LockCount          1
        RecursionCount     1
        OwningThread       1a40
        EntryCount         1
        ContentionCount    1
        *** Locked

        Scanned 411 critical sections
        0:000> ~*kb

        """;

    [TestMethod]
    public void Two_threads_that_own_what_the_other_wants_are_a_deadlock()
    {
        string log = Locks + X86(0, 0x1a40) + X86(6, 0x2f4c, section: 0x1c2d3e40);

        CollectionAssert.AreEqual(
            (string[])["0 waits for CriticalSection 4c1a90 shop!g_stock, owned by 1 (certain)", "1 waits for CriticalSection 1c2d3e40, owned by 0 (certain)"],
            Waits(log));
        Assert.HasCount(2, Graph(log).Deadlocks.Single().Cycle);
    }

    [TestMethod]
    public void The_list_may_come_after_the_stacks()
    {
        string log = "0:000> ~*kb\n" + X86(0, 0x1a40) + X86(6, 0x2f4c, section: 0x1c2d3e40) + Locks;

        Assert.HasCount(2, Graph(log).Deadlocks.Single().Cycle);
    }

    [TestMethod]
    [DataRow("""
        0:000> !cs -l
        -----------------------------------------
        DebugInfo          = 0x77b54620
        Critical section   = 0x004c1a90 (shop!g_stock+0x0)
        LOCKED
        LockCount          = 0x1
        WaiterWoken        = No
        OwningThread       = 0x00002f4c
        RecursionCount     = 0x1
        LockSemaphore      = 0x148
        SpinCount          = 0x00000fa0

        """)]
    [DataRow("""
        0:000> !cs 004c1a90
        Critical section   = 0x004C1A90 (shop!g_stock+0x0)
        DebugInfo          = 0x77B54620
        LOCKED
        LockCount          = 0x1
        OwningThread       = 0x2F4C
        RecursionCount     = 0x1
        LockSemaphore      = 0x148
        SpinCount          = 0xFA0

        """, DisplayName = "the other order, an older debugger")]
    [DataRow("""
        0:000> dt ntdll!_RTL_CRITICAL_SECTION 004c1a90
           +0x000 DebugInfo        : 0x77b54620 _RTL_CRITICAL_SECTION_DEBUG
           +0x004 LockCount        : 0n-6
           +0x008 RecursionCount   : 0n1
           +0x00c OwningThread     : 0x00002f4c Void
           +0x010 LockSemaphore    : 0x00000148 Void
           +0x014 SpinCount        : 0xfa0

        """, NoSymbol, DisplayName = "the structure")]
    [DataRow("""
        0:000> !locks
        CritSec shop!g_stock at 004c1a90
        LockCount          1   <-- one waits
        RecursionCount     1
        OwningThread       2f4c   <-- look at this one
        EntryCount         0
        *** Locked

        """, DisplayName = "remarks")]
    [DataRow("""
        > CritSec shop!g_stock+0 at 004c1a90
        > LockCount    1
        > RecursionCount    1
        > OwningThread    2f4c
        > *** Locked

        """, DisplayName = "quoted, narrow")]
    [DataRow("""
        0:000> !mex.cs
        shop!g_stock 004c1a90 77b54620 Locked 1 No 2f4c 6

        """, DisplayName = "mex")]
    public void An_owner_is_joined_by_the_sections_address(string listing, string symbol = " shop!g_stock")
    {
        string[] waits = Waits(listing + "0:000> ~*kb\n" + X86(0, 0x1a40) + X86(6, 0x2f4c, section: 0x5c0000));

        Assert.AreEqual($"0 waits for CriticalSection 4c1a90{symbol}, owned by 1 (certain)", waits[0]);
        Assert.AreEqual("1 waits for CriticalSection 5c0000: the text does not name its owner", waits[1]);
    }

    private const string NoSymbol = "";

    [TestMethod]
    public void The_stack_of_the_owner_in_the_list_is_the_owners()
    {
        string[] waits = Waits("""
            0:000> !cs -o -l
            -----------------------------------------
            DebugInfo          = 0x77b54620
            Critical section   = 0x004c1a90 (shop!g_stock+0x0)
            LOCKED
            LockCount          = 0x1
            WaiterWoken        = No
            OwningThread       = 0x00002f4c
            RecursionCount     = 0x1
            LockSemaphore      = 0x148
            SpinCount          = 0x00000fa0
            OwningThread DbgId = ~6s
            OwningThread Stack =
            	ChildEBP RetAddr      Args to Child
            	031ef2a4 77ab1234     00000150 00000000 00000000 ntdll!NtWaitForSingleObject+0x15
            	031ef300 00401234     00000150 ffffffff 00000000 KERNELBASE!WaitForSingleObjectEx+0x98
            	031ef340 7651336a     00000150 ffffffff 00000000 shop!Worker+0x23
            	031ef380 77ab9f72     00000150 ffffffff 00000000 kernel32!BaseThreadInitThunk+0xe
            0:000> ~*kb

            """ + X86(0, 0x1a40));

        CollectionAssert.AreEqual(
            (string[])["0 waits for KernelObject 150: nothing is recorded of the handle", "1 waits for CriticalSection 4c1a90 shop!g_stock, owned by 0 (certain)"],
            waits);
    }

    [TestMethod]
    [DataRow("OwningThread       0", "its owner is not listed")]
    [DataRow("OwningThread       2f4d", "the listing contradicts itself: it is none, or was read in the wrong bitness", DisplayName = "no thread id")]
    [DataRow("OwningThread       1a40", "named as the waiting thread's own, which would not have to wait for it")]
    public void A_list_that_names_no_possible_owner_names_none(string line, string reason)
    {
        string listing = $"0:000> !locks\nCritSec shop!g_stock+0 at 004c1a90\nLockCount          1\nRecursionCount     1\n{line}\n*** Locked\n\n0:000> ~*kb\n";

        Assert.AreEqual($"0 waits for CriticalSection 4c1a90 shop!g_stock: {reason}", Waits(listing + X86(0, 0x1a40) + X86(6, 0x2f4c, 0x5c0000))[0]);
    }

    [TestMethod]
    [DataRow("LockCount          NOT LOCKED\nOwningThread       2f4c", DisplayName = "not locked")]
    [DataRow("LockCount          -1\nRecursionCount     1\nOwningThread       2f4c", DisplayName = "the semaphore in the place of the owner")]
    [DataRow("LockCount          1\nRecursionCount     12108\nOwningThread       2f4c\n*** Locked", DisplayName = "a thread id in the place of the recursion count")]
    [DataRow("LockCount          1\nRecursionCount     1\nOwningThread       2f4c\nLockCount          1\nOwningThread       1a40\n*** Locked", DisplayName = "the fields of two, the head of one")]
    [DataRow("DebugInfo for CritSec at 004c1a90 does not point back to the critical section\nLockCount 1\nOwningThread 2f4c\n*** Locked", DisplayName = "wrong bitness")]
    public void What_is_listed_as_unlocked_or_as_none_has_no_owner(string lines)
    {
        string log = $"0:000> !critsec 004c1a90\nCritSec shop!g_stock+0 at 004c1a90\n{lines}\n\n0:000> ~*kb\n" + X86(0, 0x1a40) + X86(6, 0x2f4c, 0x5c0000);

        Assert.Contains(": ", Waits(log)[0]);
        Assert.IsEmpty(Graph(log).Threads[0].Waits[0].Owners);
    }

    [TestMethod]
    public void An_owner_that_is_gone_is_likely_at_most()
    {
        string[] waits = Waits(Locks + X86(0, 0x1a40));

        Assert.AreEqual("0 waits for CriticalSection 4c1a90 shop!g_stock, owned by stranger 2f4c (likely)", waits[0]);
    }

    [TestMethod]
    public void Threads_of_another_process_own_nothing_here()
    {
        // Both processes have a thread 2f4c, and the lock lies at the same address in both.
        string log = Locks + X86(0, 0x1a40) + X86(0, 0x2f4c, 0x5c0000, process: 0x7700) + X86(1, 0x1234, process: 0x7700);

        string[] waits = Waits(log);

        Assert.AreEqual("0 waits for CriticalSection 4c1a90 shop!g_stock, owned by stranger 2f4c (likely)", waits[0]);
        Assert.AreEqual("2 waits for CriticalSection 4c1a90: the text does not name its owner", waits[2]);
    }

    [TestMethod]
    public void Locks_of_another_process_own_nothing_here()
    {
        // The debugger's prompt shows that another process is looked at, before any line names it.
        string log = "0:000> ~*kb\n" + X86(0, 0x1a40) + Locks.Replace("0:000>", "1:004>", StringComparison.Ordinal) + X86(4, 0x2f4c, 0x5c0000, process: 0x7700);

        Assert.AreEqual("0 waits for CriticalSection 4c1a90: the text does not name its owner", Waits(log)[0]);
        Assert.AreEqual("0 waits for CriticalSection 4c1a90 shop!g_stock, owned by stranger 2f4c (likely)", Waits(log.Replace("1:004>", "0:004>", StringComparison.Ordinal))[0]);
    }

    [TestMethod]
    public void Who_owned_what_before_the_target_ran_on_says_nothing()
    {
        string log = Locks + X86(0, 0x1a40) + "0:000> g\n(1a2c.1a40): Break instruction exception\n0:000> ~*kb\n" + X86(6, 0x2f4c, section: 0x1c2d3e40);

        Assert.AreEqual("1 waits for CriticalSection 1c2d3e40: the text does not name its owner", Waits(log)[1]);
    }

    [TestMethod]
    public void Two_lists_that_name_different_owners_name_none()
    {
        string log = Locks.Replace("~*kb\n", "!locks\nCritSec shop!g_stock+0 at 004c1a90\nLockCount 1\nRecursionCount 1\nOwningThread 3010\n*** Locked\n\n0:000> ~*kb\n", StringComparison.Ordinal)
            + X86(0, 0x1a40) + X86(6, 0x2f4c, 0x5c0000) + X86(7, 0x3010, 0x5c0000);

        Assert.AreEqual("0 waits for CriticalSection 4c1a90 shop!g_stock: the text names different owners", Waits(log)[0]);
    }

    [TestMethod]
    public void Without_arguments_the_only_contended_section_is_likely_the_one()
    {
        const string listing = "0:000> !locks\nCritSec shop!g_stock+0 at 00007ff7aa10c0d8\nWaiterWoken        No\nLockCount          2\nRecursionCount     1\nOwningThread       2f4c\nEntryCount         0\nContentionCount    3\n*** Locked\n\n0:000> ~*k\n";
        string owner = X64(6, 0x2f4c, "ntdll!NtDelayExecution", "KERNELBASE!SleepEx", "shop!Slow", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for CriticalSection 7ff7aa10c0d8 shop!g_stock, owned by 2 (likely)", Waits(listing + X64Section(0, 0x1a40) + X64Section(1, 0x1a44) + owner)[0]);
        Assert.AreEqual("0 waits for CriticalSection: its address is not printed", Waits(listing + X64Section(0, 0x1a40) + owner)[0], "as many as the list counts");
    }

    [TestMethod]
    public void A_thread_that_stands_in_no_lock_function_waits_for_no_lock()
    {
        string log = Locks + X64(0, 0x1a40, "ntdll!NtWaitForSingleObject", "KERNELBASE!WaitForSingleObjectEx", "shop!Worker", "ntdll!RtlUserThreadStart");

        Assert.AreEqual("0 waits for KernelObject: the handle is not known", Waits(log).Single());
    }

    [TestMethod]
    [DataRow("The critical section  we looked at is shop!g_stock, OwningThread 2f4c\n")]
    [DataRow("0:000> .echo CritSec shop!g_stock at owner\n")]
    [DataRow("Critical section handling was changed in 2f4c\n")]
    [DataRow("OwningThread       2f4c\n*** Locked\n")]
    public void Prose_lists_nothing(string text) =>
        Assert.AreEqual("0 waits for CriticalSection 4c1a90: the text does not name its owner", Waits(text + "0:000> ~*kb\n" + X86(0, 0x1a40) + X86(6, 0x2f4c, 0x5c0000))[0]);
}
