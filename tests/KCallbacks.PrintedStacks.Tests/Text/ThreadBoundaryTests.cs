using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>Where one thread ends and the next begins, and what each is called.</summary>
[TestClass]
public sealed class ThreadBoundaryTests
{
    private const string Frames = """
        00 00000072`a512ee18 00007fff`3322d1ee     win32u!NtUserWaitMessage+0x14
        01 00000072`a512ee20 00000000`00000000     ntdll!RtlUserThreadStart+0x21
        """;

    private const string OtherFrames = """
        00 00000072`a522ee18 00007fff`3322d1ee     ntdll!NtDelayExecution+0x14
        01 00000072`a522ee20 00000000`00000000     ntdll!RtlUserThreadStart+0x21
        """;

    [TestMethod]
    [DataRow("   4  Id: 5a0.18a8 Suspend: 1 Teb: 00000000`7efaa000 Unfrozen", "4", 0x18a8u)]
    [DataRow(".  0  Id: 1894.d54 Suspend: 0 Teb: 7efdd000 Unfrozen \"main\"", "0", 0xd54u)]
    [DataRow("# 12  Id: 1894.d54 Suspend: 0 Teb: 7efdd000 Unfrozen", "12", 0xd54u)]
    [DataRow("  4  id: 97.a3   Suspend: 0 Teb 7ffd9000 Unfrozen", "4", 0xa3u)]
    [DataRow("        THREAD fffffa800b2be8c0  Cid 0964.0eac  Teb: 000007f601ba6000 Win32Thread: 0000000000000000 WAIT: (UserRequest) UserMode Non-Alertable", "fffffa800b2be8c0", 0xeacu)]
    [DataRow("Thread: 1230", "1230", 0x1230u)]
    [DataRow("OS Thread Id: 0x1a2c (0)", "0x1a2c", 0x1a2cu)]
    [DataRow("Thread 0 (crashed)", "0", null)]
    [DataRow("Thread 009, 2 frame(s) match", "009", null)]
    [DataRow("1 thread [stats]: ffffa389b2707080", "ffffa389b2707080", null)]
    [DataRow("  Thread #4 tid=4660", "4", 4660u)]
    [DataRow("Thread 1 (Thread 1000.0x1004 \"main\"):", "1", 0x1004u)]
    [DataRow("TID: 8 (main thread)", "8", 8u)]
    [DataRow("*** Dump of thread ID 4660 (state: Waiting): ***", "4660", 4660u)]
    [DataRow("*** Dump of the Worker thread (a4): ***", "a4", 0xa4u)]
    [DataRow("Not Flagged\t>\t21788\t0\tMain Thread\tMain Thread\tApp.exe!CMain::OnTimer\tNormal", "21788", 21788u)]
    [DataRow("0     2abc (0n10940)    0      0 08/14/2023 07:25:44.545 AM", "0", 0x2abcu)]
    [DataRow("svchost.exe (ffffd80c06032080) ffffd80c05b7c040 (E|K|W|R|V) 13f0.4a20 00000009176ac000", "ffffd80c05b7c040", null)]
    [DataRow("  0  ffdff120  805495a0            ................", "0", null)]
    [DataRow("  3    fffff8034c8b2180  ffffb70f4c3c2080 ( 8)                       ffffb70f4b3c2340 (20)  ................", "3", null)]
    public void A_header_names_the_thread(string header, string printed, uint? systemId)
    {
        ThreadStack[] threads = Reading.Threads($"{OtherFrames}\n\n{header}\n{Frames}\n");

        Assert.HasCount(2, threads);
        Assert.AreEqual(printed, threads[1].Thread.Printed);
        Assert.AreEqual(systemId, threads[1].Thread.SystemId);
        Assert.AreEqual(1, threads[1].Thread.Position);
        Assert.HasCount(2, threads[1].Frames);
    }

    [TestMethod]
    [DataRow("\n", DisplayName = "blank line")]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("0:001> kn\n", DisplayName = "prompt")]
    [DataRow(" # Child-SP          RetAddr               Call Site\n", DisplayName = "head line")]
    [DataRow("STACK_TEXT:  \n", DisplayName = "label")]
    [DataRow("The other thread:\n", DisplayName = "prose")]
    public void Without_header_a_thread_begins_where_numbers_begin_again(string between)
    {
        ThreadStack[] threads = Reading.Threads($"{Frames}\n{between}{OtherFrames}\n");

        Assert.HasCount(2, threads);
        Assert.AreEqual(between.StartsWith('0') ? "1" : null, threads[1].Thread.Printed);
    }

    [TestMethod]
    public void Names_alone_are_parted_by_blank_lines()
    {
        Assert.HasCount(2, Reading.Threads("ntdll!NtWait+0x14\na!b+0x1\n\nntdll!NtWait+0x14\na!c+0x1\n"));
    }

    [TestMethod]
    public void A_blank_line_inside_a_walk_parts_nothing()
    {
        const string walk = """
            fec6bb6c fc652b14 feecf668 fef29208 fee50b60 nwrdr!_NwCommonCreate+0x3a2

            fec6bef4 77f716ab 0012dd64 0012dd3c 00000000 ntoskrnl!_KiSystemService+0x83

            0012dd20 00000000 00000000 00000000 00000000 ntdll!_ZwQueryAttributesFile+0xb
            """;

        Assert.HasCount(3, Reading.Thread(walk).Frames);
    }

    [TestMethod]
    public void Numbers_may_run_downwards()
    {
        ThreadStack[] threads = Reading.Threads("2: a!b+0x1\n1: a!c+0x1\n0: a!d+0x1\n\n3: a!b+0x1\n2: a!c+0x1\n");

        Assert.HasCount(2, threads);
        Assert.HasCount(3, threads[0].Frames);
    }

    [TestMethod]
    public void Sizes_in_kf_are_not_taken_for_frame_numbers()
    {
        const string kf = """
                      00000000`0181f628 00000000`7b075550     ntdll!NtWaitForMultipleObjects+0x14
                    8 00000000`0181f630 00000000`7b075c4e     kernelbase!SHLoadIndirectString+0x7a0
                  290 00000000`0181f8c0 00000001`40001635     kernelbase!WaitForSingleObject+0x2e
                   40 00000000`0181f900 00000002`16a2894b     gui3+0x1635
            """;

        Assert.HasCount(4, Reading.Thread(kf).Frames);
        Assert.AreEqual(0x181f8c0UL, Reading.Thread(kf).Frames[2].StackPointer);
    }

    [TestMethod]
    public void A_row_of_stacks_is_a_thread()
    {
        const string stacks = """
            Proc.Thread  .Thread  Ticks   ThreadState Blocker
                                        [fffff80003a4b180 Idle]
               4.000018  fffffa8001883b60  0000abc Blocked    nt!KiSwapContext+0x7a
                                                    nt!KiCommitThreadWait+0x1d2
                                                    nt!KeWaitForSingleObject+0x19f
              9c.0000a0  826a5190  Blocked    Stack paged out
            """;
        ThreadStack[] threads = Reading.Threads(stacks);

        Assert.HasCount(2, threads);
        Assert.AreEqual("4.000018", threads[0].Thread.Printed);
        Assert.HasCount(3, threads[0].Frames);
        Assert.IsTrue(threads[0].Kernel!.IsSystemThread);
        Assert.AreEqual(WalkExtent.Failed, threads[1].Walk);
        Assert.AreEqual("Stack paged out", threads[1].Problem);
    }

    [TestMethod]
    public void Duplicates_of_the_only_unique_stack_have_that_stack()
    {
        ThreadStack[] threads = Reading.Threads(
            $"Processing 3 threads, please wait\n\n.  0  Id: 1.2 Suspend: 1 Teb: 00000000`00001000 Unfrozen\n{Frames}\n\nTotal threads: 3\nDuplicate callstacks: 2 (windbg thread #s follow):\n1, 2\n");

        Assert.HasCount(3, threads);
        Assert.AreEqual("2", threads[2].Thread.Printed);
        Assert.AreEqual(2, threads[2].Thread.Position);
        Assert.HasCount(2, threads[2].Frames);
    }

    [TestMethod]
    public void Threads_that_share_a_stack_share_its_frames()
    {
        string numbers = string.Join(',', Enumerable.Range(0, 20_000).Select(index => index % 10));
        ThreadStack[] threads = Reading.Threads(
            $"Processing 3 threads, please wait\n\n.  0  Id: 1.2 Suspend: 1 Teb: 00000000`00001000 Unfrozen\n{Frames}\n\nTotal threads: 3\nDuplicate callstacks: 2 (windbg thread #s follow):\n{numbers}\n");

        Assert.HasCount(10, threads);
        Assert.IsTrue(threads.All(thread => thread.Frames.Equals(threads[0].Frames)), "a copy of the frames for each thread");
    }

    [TestMethod]
    public void A_duplicate_of_one_of_several_stacks_cannot_be_judged()
    {
        const string header = "Id: 1.2 Suspend: 1 Teb: 00000000`00001000 Unfrozen";
        ThreadStack[] threads = Reading.Threads(
            $"Processing 3 threads, please wait\n\n.  0  {header}\n{Frames}\n\n   1  {header}\n{Frames}\n\nTotal threads: 3\nDuplicate callstacks: 1 (windbg thread #s follow):\n2, \n");

        Assert.HasCount(3, threads);
        Assert.IsEmpty(threads[2].Frames);
        Assert.AreEqual(Verdict.Unknown, new CallbackDetector(new UnknownProcess()).Judge(threads[2]).Verdict);
    }

    [TestMethod]
    public void A_thread_without_frames_is_kept_with_the_reason()
    {
        ThreadStack[] threads = Reading.Threads(
            "   1  Id: 1.2 Suspend: 1 Teb: 7efdd000 Unfrozen\nUnable to get thread contexts - 0x80004005\n\n   2  Id: 1.3 Suspend: 1 Teb: 7efdd000 Unfrozen\n");

        Assert.HasCount(2, threads);
        Assert.AreEqual("Unable to get thread contexts - 0x80004005", threads[0].Problem);
        Assert.AreEqual("no frames are printed", threads[1].Problem);
    }

    [TestMethod]
    public void A_stack_without_end_is_parted_and_said_so()
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(string.Concat(Enumerable.Range(0, 0x10000).Select(index => $"{0x120000 + 12 * index:x8} 7c822124 a!b+0x1\n")));

        Assert.HasCount(2, threads);
        Assert.HasCount(0xffff, threads[0].Frames);
        Assert.AreEqual(0x10000, recording.Problems.Single().Line);
    }

    [TestMethod]
    public void A_lone_name_is_reported_and_no_stack()
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text($"FAULTING_IP: \nnotepad!wWinMain+0x1\n00007ff6`6e783d36 4c89  mov\n\nSTACK_TEXT:\n{Frames}\n");

        Assert.HasCount(1, threads);
        Assert.AreEqual(1, recording.ProblemCount);
    }
}
