using KCallbacks.Detection;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>Stacks of managed frames alone, as SOS, dotnet-dump and dotnet-stack print them, explain the stacks that a debugger prints of the same threads.</summary>
[TestClass]
public sealed class ManagedPrintTests
{
    private const string Native = """
        0:005> ~*k

           5  Id: 1a0.1a2c Suspend: 1 Teb: 00000018`9c5f0000 Unfrozen
         # Child-SP          RetAddr               Call Site
        00 00000018`9c5fd9a8 00007ffd`c6d1a5c4     ntdll!NtWaitForMultipleObjects+0x14
        01 00000018`9c5fdf60 00007ffc`bb1c79f2     0x00007ffc`bb1c7a11
        02 00000018`9c5fdfa0 00007ffc`bb1c7610     0x00007ffc`bb1c79f2
        03 00000018`9c5fe370 00007ffd`c90b1374     user32!_fnDWORD+0x3d
        04 00000018`9c5fe3d0 00007ffd`c6831104     ntdll!KiUserCallbackDispatcherContinue
        05 00000018`9c5fe458 00007ffd`c8310e3d     win32u!NtUserDispatchMessage+0x14
        06 00000018`9c5fe4d0 00007ffc`bb1a3a02     0x00007ffc`bb1a3b20
        07 00000018`9c5ff8b0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private const string Clrstack = """
        0:005> !clrstack
        OS Thread Id: 0x1a2c (5)
                Child SP               IP Call Site
        000000189C5FDE30 00007ffdc9000014 [HelperMethodFrame_1OBJ: 000000189c5fde30] System.Threading.Monitor.ReliableEnter(System.Object, Boolean ByRef)
        000000189C5FDF60 00007ffcbb1c7a11 System.Threading.Monitor.Enter(System.Object, Boolean ByRef)
        000000189C5FDFA0 00007ffcbb1c79f2 Shop.PaintForm.OnPaint(System.Windows.Forms.PaintEventArgs) [C:\src\Paint.cs @ 12]
        000000189C5FE4D0 00007ffcbb1a3b20 System.Windows.Forms.Application.Run(System.Windows.Forms.Form)

        """;

    private const string DotnetStack = """
        Thread (0x1A2C):
          [Native Frames]
          System.Private.CoreLib!System.Threading.Monitor.Enter(class System.Object,bool&)
          Shop!Shop.PaintForm.OnPaint(class System.Windows.Forms.PaintEventArgs)
          System.Windows.Forms!System.Windows.Forms.Application.Run(class System.Windows.Forms.Form)

        """;

    [TestMethod]
    [DataRow(Native + Clrstack, DisplayName = "native first")]
    [DataRow(Clrstack + Native, DisplayName = "managed first")]
    [DataRow(Native + Clrstack + Clrstack, DisplayName = "managed twice")]
    public void Frames_of_both_prints_are_joined_by_their_places(string log)
    {
        ThreadStack thread = Reading.Thread(log);

        Assert.AreEqual((5u, 0x1a2cu), (thread.Thread.EngineId!.Value, thread.Thread.SystemId!.Value));
        Assert.AreEqual("System.Threading.Monitor.Enter", thread.Frames[1].Function);
        Assert.AreEqual("Shop.PaintForm.OnPaint", thread.Frames[2].Function);
        Assert.HasCount(4, thread.Managed!.Frames);
        ThreadFinding finding = Judged(thread);
        Assert.AreEqual(("Monitor.Enter", "Shop.PaintForm.OnPaint", 1), (finding.Managed!.WaitingIn, finding.Callbacks[0].Handler, finding.Depth));
    }

    [TestMethod]
    [DataRow(Native + "\n" + DotnetStack)]
    [DataRow(DotnetStack + "\n" + Native)]
    public void Without_addresses_the_thread_is_joined_by_its_id(string log)
    {
        ThreadStack thread = Reading.Thread(log);

        Assert.AreEqual(1, Judged(thread).Depth);
        Assert.AreEqual("Monitor.Enter", Judged(thread).Managed!.WaitingIn);
        Assert.IsNull(thread.Frames[1].Function, "which of the nameless frames is which method, nothing says");
    }

    [TestMethod]
    public void Prints_of_two_moments_are_not_joined()
    {
        ThreadStack[] threads = Reading.Threads(Native + Clrstack.Replace("000000189C5F", "000000189C7F", StringComparison.Ordinal));

        Assert.HasCount(2, threads);
        Assert.IsNull(threads[0].Managed);
    }

    [TestMethod]
    [DataRow(Clrstack, "Monitor.Enter")]
    [DataRow(DotnetStack, "Monitor.Enter")]
    public void Managed_frames_alone_show_no_callback_but_what_is_waited_for(string log, string wait)
    {
        ThreadFinding finding = Judged(Reading.Thread(log));

        Assert.AreEqual((Verdict.Unknown, wait), (finding.Verdict, finding.Managed!.WaitingIn));
    }

    [TestMethod]
    [DataRow("main.run()\nmain.main()\nruntime.main()", DisplayName = "Go")]
    [DataRow("java.lang.Thread.sleep(Native Method)\ncom.shop.Worker.run(Worker.java:12)", DisplayName = "Java")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14\nSystem_Private_CoreLib!System.Threading.Monitor.Enter+0x10", DisplayName = "a native stack with managed names")]
    public void Other_names_with_dots_are_no_managed_print(string frames) =>
        Assert.IsTrue(Reading.Threads("0:000> k\nCall Site\n" + frames).All(thread => thread.Managed is null));

    [TestMethod]
    public void Trees_of_parallelstacks_are_threads_with_the_frames_that_they_share()
    {
        ThreadStack[] threads = Reading.Threads("""
            > parallelstacks
            ________________________________________________
                       ~~~~ 2a4c
                          1 System.Threading.Monitor.Wait(Object, Int32)
                          1 Shop.Worker.Take()
                       ~~~~ 1b38,1c44
                          2 System.Threading.Thread.Sleep(Int32)
                          2 Shop.Worker.Poll()
                  3 Shop.Worker.Run()
                  ~~~~ 1d00
                     1 System.Threading.WaitHandle.WaitOne()
                4 System.Threading.Thread.StartCallback()

            ________________________________________________
             ~~~~ 5a4,5a8...
                6 System.Threading.Thread.Sleep(Int32)
                6 Shop.Timer.Run()
            ==> 10 threads with 2 roots
            """);

        Assert.AreSequenceEqual([0x2a4cu, 0x1b38u, 0x1c44u, 0x1d00u, 0x5a4u, 0x5a8u], threads.Select(thread => thread.Thread.SystemId!.Value));
        AssertFrames(threads[0], "System.Threading.Monitor.Wait", "Shop.Worker.Take", "Shop.Worker.Run", "System.Threading.Thread.StartCallback");
        AssertFrames(threads[2], "System.Threading.Thread.Sleep", "Shop.Worker.Poll", "Shop.Worker.Run", "System.Threading.Thread.StartCallback");
        AssertFrames(threads[3], "System.Threading.WaitHandle.WaitOne", "System.Threading.Thread.StartCallback");
        AssertFrames(threads[5], "System.Threading.Thread.Sleep", "Shop.Timer.Run");
        Assert.AreEqual("Monitor.Wait", Judged(threads[0]).Managed!.WaitingIn);
    }

    [TestMethod]
    public void A_tree_is_joined_with_what_a_debugger_prints_of_its_threads()
    {
        ThreadStack thread = Reading.Thread("""
            ________________________________________________
             ~~~~ 1a2c
                1 System.Threading.Monitor.Enter(Object, Boolean ByRef)
                1 Shop.PaintForm.OnPaint(PaintEventArgs)
            ==> 1 threads with 1 roots

            """ + Native);

        Assert.AreEqual((1, "Monitor.Enter"), (Judged(thread).Depth, Judged(thread).Managed!.WaitingIn));
    }

    [TestMethod]
    [DataRow("~~~~ 1a2c\n    9 System.Threading.Monitor.Enter(Object)\n    1 Shop.Form.OnPaint()")]
    [DataRow("~~~~ 1a2c\n    99999999999 System.Threading.Monitor.Enter(Object)")]
    [DataRow("~~~~ nothing\n    1 System.Threading.Monitor.Enter(Object)")]
    [DataRow("~~~~ 1a2c\n~~~~ 1a30\n==> 2 threads")]
    public void A_tree_that_is_damaged_is_read_as_far_as_it_goes(string tree) => Assert.IsLessThanOrEqualTo(2, Reading.Threads("____________\n" + tree).Length);

    private static void AssertFrames(ThreadStack thread, params string[] functions) =>
        Assert.AreSequenceEqual(functions, thread.Frames.Select(frame => frame.Function!));

    private static ThreadFinding Judged(ThreadStack thread) => new CallbackDetector(new UnknownProcess()).Judge(thread);
}
