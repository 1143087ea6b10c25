using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>What stands between frames, breaks their lines, or changes their bytes.</summary>
[TestClass]
public sealed class InterruptedStackTests
{
    private static readonly string[] Walk =
    [
        "00 00000072`a512ee18 00007fff`3322d1ee     win32u!NtUserWaitMessage+0x14",
        "01 00000072`a512eee0 00007fff`340e72b4     USER32!_ClientWaitMessageExMPH+0x2b",
        "02 00000072`a512ef30 00007fff`31b814d4     ntdll!KiUserCallbackDispatcher+0x24",
        "03 00000072`a512ef98 00007fff`332464cc     win32u!NtUserWaitMessage+0x14",
    ];

    [TestMethod]
    [DataRow("WARNING: Stack unwind information not available. Following frames may be wrong.")]
    [DataRow("*** WARNING: Unable to verify checksum for app.exe")]
    [DataRow("*** ERROR: Module load completed but symbols could not be loaded for app.exe")]
    [DataRow("[Frames below may be incorrect and/or missing, no symbols loaded for ntdll.dll]")]
    [DataRow("[External Code]")]
    [DataRow("\u2026")]
    [DataRow("...")]
    public void Known_interruptions_are_passed_over(string line)
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(string.Join($"\n{line}\n", Walk));

        Assert.HasCount(1, threads);
        Assert.HasCount(4, threads[0].Frames);
        Assert.AreEqual(0, recording.ProblemCount);
    }

    [TestMethod]
    public void An_unknown_line_inside_a_stack_is_reported_by_number()
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(Walk[0] + "\n%%% what is this\n" + Walk[1]);

        Assert.HasCount(2, threads[0].Frames);
        Assert.AreEqual(2, recording.Problems.Single().Line);
        Assert.IsFalse(recording.HasErrors);
    }

    [TestMethod]
    public void Many_problems_are_counted_and_the_first_are_kept()
    {
        (RecordingFile recording, _) = Reading.Text(string.Concat(Enumerable.Repeat(Walk[0] + "\n%%% what is this\n", 500)));

        Assert.AreEqual(500, recording.ProblemCount);
        Assert.HasCount(100, recording.Problems);
    }

    [TestMethod]
    [DataRow(40)]
    [DataRow(50)]
    [DataRow(57)]
    [DataRow(60)]
    [DataRow(66)]
    public void Wrapped_lines_are_put_together(int width)
    {
        IEnumerable<string> lines = Walk.SelectMany(line => line.Chunk(width).Select(part => new string(part)));
        ThreadStack thread = Reading.Thread(string.Join('\n', lines));

        CollectionAssert.AreEqual(
            (string[])["win32u!NtUserWaitMessage+0x14", "USER32!_ClientWaitMessageExMPH+0x2b", "ntdll!KiUserCallbackDispatcher+0x24", "win32u!NtUserWaitMessage+0x14"],
            thread.Frames.Select(Reading.Spell).ToArray());
    }

    [TestMethod]
    public void Parameters_on_lines_of_their_own_belong_to_their_frame()
    {
        ThreadStack thread = Reading.Thread("""
            04 001bf668 0106548b CrashMe!CWnd::RunModalLoop(
                        unsigned long dwFlags = 4)+0xc9
            05 001bf67c 010655f3 CrashMe!CWnd::CreateRunDlgIndirect(
                        struct DLGTEMPLATE * lpDialogTemplate = 0x0124b0d0,
                        wchar_t * text = 0x00442260 "a) b",
                        struct HINSTANCE__ * hInst = 0x01060000)+0x3d
            06 001bf6d4 011cca33 CrashMe!CDialog::DoModal(void)+0x148
            """);

        CollectionAssert.AreEqual(
            (string[])["CrashMe!CWnd::RunModalLoop+0xc9", "CrashMe!CWnd::CreateRunDlgIndirect+0x3d", "CrashMe!CDialog::DoModal+0x148"],
            thread.Frames.Select(Reading.Spell).ToArray());
    }

    [TestMethod]
    [DataRow("utf-8", false)]
    [DataRow("utf-8", true)]
    [DataRow("utf-16", true)]
    [DataRow("utf-16", false)]
    [DataRow("utf-16BE", true)]
    [DataRow("utf-16BE", false)]
    public void Every_encoding_and_line_end_gives_the_same_stack(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        string text = string.Join("\r\n", Walk) + "\r\n";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        ThreadStack thread = Reading.Bytes(bytes).Threads.Single();

        Assert.AreEqual("ntdll!KiUserCallbackDispatcher+0x24", Reading.Spell(thread.Frames[2]));
        Assert.HasCount(4, thread.Frames);
    }

    [TestMethod]
    public void Symbol_listings_are_no_stacks()
    {
        Assert.IsEmpty(Reading.Threads("0:000> x ntdll!Ki*\n00007ff8`07237034 ntdll!KiUserCallbackDispatcher (void)\n00007ff8`07237054 ntdll!KiUserApcDispatcher (void)\n0:000> "));
    }
}
