using static KCallbacks.PrintedStacks.Tests.Owners.OwnerLog;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Objects with handles, as <c>!handle</c> and others print them.</summary>
[TestClass]
public sealed class HandleFormTests
{
    private const string Mutex = """
        0:000> !handle b8 f
        Handle 000000b8
          Type         	Mutant
          Attributes   	0
          GrantedAccess	0x1f0001:
                 Delete,ReadControl,WriteDac,WriteOwner,Synch
                 QueryState
          HandleCount  	2
          PointerCount 	65
          Name         	\Sessions\1\BaseNamedObjects\ShopMutex
          Object specific information
            Mutex is Owned
            Mutant Owner 1a2c.2f4c

        """;

    [TestMethod]
    public void The_owner_of_a_mutex_is_joined_by_the_handle()
    {
        string log = Mutex + "0:000> ~*kb\n" + X86Handle(0, 0x1a40, 0xb8, 0xb8) + X86(6, 0x2f4c);

        Assert.AreEqual(@"0 waits for Mutex b8 \Sessions\1\BaseNamedObjects\ShopMutex, owned by 1 (certain)", Waits(log)[0]);
        Assert.AreEqual(Timeout.InfiniteTimeSpan, Graph(log).Threads[0].Timeout);
    }

    [TestMethod]
    [DataRow("Handle b8\n  Type \tMutant\n  Object specific information\n    Mutex is Owned\n    Mutant Owner 1a2c.2f4c\n", "0 waits for Mutex b8, owned by 1 (certain)")]
    [DataRow("Handle 00000000000000b8\n  Type         \tMutant\n    Mutex is Free\n    Mutant Owner 0.0\n", "0 waits for Mutex b8: free: it is just being handed over")]
    [DataRow("Handle b8\n  Type         \tMutant\n    Mutex is Owned\n    Mutant Owner 7700.2f4c\n", "0 waits for Mutex b8, owned by stranger 2f4c of 7700 (likely)")]
    [DataRow("Handle b8\n  Type         \tMutant\n    Mutex is Owned\n    Mutant Owner 1a2c.1a40\n", "0 waits for Mutex b8: named as the waiting thread's own, which would not have to wait for it")]
    [DataRow("Handle b8\n  Type         \tMutant\n    Mutant is Abandoned\n    Mutant Owner 1a2c.2f4c\n", "0 waits for Mutex b8: abandoned: its last owner ended without letting go")]
    [DataRow("Handle b8\n  Type         \tMutant\n  Name         \t<none>\n", "0 waits for Mutex b8: its owner is not listed")]
    [DataRow("Handle b8\n  Type         \tThread\n  Object specific information\n    Thread Id   1a2c.2f4c\n    Priority    8\n", "0 waits for Thread b8, owned by 1 (certain)")]
    [DataRow("Handle b8\n  Type         \tProcess\n  Object specific information\n    Process Id  6700\n", "0 waits for Process b8: until process 6700 ends")]
    [DataRow("Handle b8\n  Type         \tEvent\n    Event Type Auto Reset\n    Event is Waiting\n", "0 waits for Event b8: whoever sets an event is not recorded")]
    [DataRow("Handle b8\n  Type         \tSemaphore\n    Semaphore Count 0\n    Semaphore Limit 1\n", "0 waits for Semaphore b8: whoever releases a semaphore is not recorded")]
    [DataRow("Handle bc\n  Type         \tMutant\n    Mutant Owner 1a2c.2f4c\n", "0 waits for KernelObject b8: nothing is recorded of the handle", DisplayName = "another handle")]
    [DataRow("Handle b8 was closed\n  Type         \tMutant\n    Mutant Owner 1a2c.2f4c\n", "0 waits for KernelObject b8: nothing is recorded of the handle", DisplayName = "prose")]
    public void Each_type_says_what_it_can(string listing, string expected) =>
        Assert.AreEqual(expected, Waits("0:000> !handle b8 f\n" + listing + "0:000> ~*kb\n" + X86Handle(0, 0x1a40, 0xb8, 0xb8) + X86(6, 0x2f4c))[0]);

    [TestMethod]
    public void A_line_that_names_a_thread_after_the_listing_is_a_threads_head()
    {
        const string stack = "Thread Id: 12108\nntdll!NtWaitForSingleObject+0x14\nshop!Worker+0x20\nntdll!RtlUserThreadStart+0x21\n";

        Assert.AreEqual(Reading.Thread(stack).Thread, Reading.Thread("Handle b8\n  Type         \tThread\n" + stack).Thread);
    }

    [TestMethod]
    public void Frames_that_show_different_handles_show_none() =>
        Assert.AreEqual("0 waits for KernelObject: the frames show different handles", Waits(Mutex + "0:000> ~*kb\n" + X86Handle(0, 0x1a40, 0xb8, 0xc4) + X86(6, 0x2f4c))[0]);

    [TestMethod]
    public void A_wait_with_a_time_is_not_for_ever() =>
        Assert.IsNull(Graph(Mutex + "0:000> ~*kb\n" + X86Handle(0, 0x1a40, 0xb8, 0xb8, time: "0018f5d0")).Threads[0].Timeout);

    [TestMethod]
    public void Words_of_the_home_slots_are_no_handles()
    {
        const string stack = """
            0:000> ~*kb
               0  Id: 1a2c.1a40 Suspend: 1 Teb: 000000d1`00000000 Unfrozen
            RetAddr           : Args to Child                                                           : Call Site
            00007ffa`d1a3a99e : 00000000`000000b8 00000000`00000000 00000000`00000000 00000000`000000b8 : ntdll!NtWaitForSingleObject+0x14
            00007ff7`7aa15000 : 00000000`000000b8 00000000`00000000 00000000`00000000 00000000`000000b8 : KERNELBASE!WaitForSingleObjectEx+0x8e
            00000000`00000000 : 00000000`000000b8 00000000`00000000 00000000`00000000 00000000`000000b8 : shop!Worker+0x21

            """;

        Assert.AreEqual("0 waits for KernelObject: the handle is not known", Waits(Mutex + stack).Single());
    }

    [TestMethod]
    public void Two_threads_of_one_id_own_nothing()
    {
        // Without process ids in the text, two stacks of a thread 2f4c that cannot be one.
        string log = Mutex + "0:000> ~*kb\n" + X86Handle(0, 0x1a40, 0xb8, 0xb8) + X86(6, 0x2f4c) + X86(7, 0x2f4c, 0x5c0000);

        Assert.Contains("2 threads of the text have that id", Waits(log)[0]);
    }
}
