using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;
using KCallbacks.Recordings.Tests.Json;

namespace KCallbacks.PrintedStacks.Tests;

/// <summary>Input that is not what it should be: a clear message, and everything that could be read.</summary>
[TestClass]
public sealed class BadInputTests
{
    private const string Frame = "00 00000072`a512ee18 00007fff`3322d1ee     win32u!NtUserWaitMessage+0x14\n";

    [TestMethod]
    [DataRow(RecordingFormat.Auto)]
    [DataRow(RecordingFormat.Text)]
    [DataRow(RecordingFormat.Recording)]
    public void An_empty_file_says_so(RecordingFormat format)
    {
        AssertError("the file is empty", null, Reading.Bytes([], format).Recording);
    }

    [TestMethod]
    [DataRow("MDMP\u0093\u00a7\0\0", "minidump")]
    [DataRow("PAGEDU64\0\0", "kernel dump")]
    [DataRow("MZ\u0090\0\u0003\0", "program")]
    [DataRow("\u007fELF\0\0\0", "binary")]
    public void A_binary_file_is_named(string head, string kind)
    {
        RecordingFile recording = Reading.Bytes(Encoding.Latin1.GetBytes(head)).Recording;

        Assert.IsTrue(recording.HasErrors);
        Assert.Contains(kind, recording.Problems.Single().Text);
    }

    [TestMethod]
    public void Text_without_stacks_says_so()
    {
        AssertError("no stack was found in 2 lines of text; the debugger prints them with ~*kn", null, Reading.Text("hello\nworld\n").Recording);
    }

    [TestMethod]
    public void A_line_without_end_is_skipped_and_the_rest_is_read()
    {
        const int length = 100 << 20;
        using var stream = new JoinedStream(Encoding.ASCII.GetBytes(Frame), length, Encoding.ASCII.GetBytes("\n" + Frame.Replace("a512", "a522", StringComparison.Ordinal)));
        RecordingFile recording = StackFile.Open(stream);

        ThreadStack[] threads = [.. recording.ReadThreads()];

        Assert.HasCount(2, threads);
        RecordingProblem problem = recording.Problems.Single();
        Assert.IsTrue(problem.IsError);
        Assert.AreEqual(2, problem.Line);
        Assert.Contains("longer than", problem.Text);
    }

    [TestMethod]
    public void Invalid_text_is_reported_by_line_and_read_all_the_same()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(Frame), .. "01 00000072`a512ee20 00007fff`154c692e app!F\xff+0x1\n"u8];
        bytes[^6] = 0xff;
        (RecordingFile recording, ThreadStack[] threads) = Reading.Bytes(bytes);

        Assert.HasCount(2, threads.Single().Frames);
        Assert.AreEqual(2, recording.Problems.Single().Line);
        Assert.Contains("UTF-8", recording.Problems.Single().Text);
    }

    [TestMethod]
    public void A_recording_cut_anywhere_gives_the_threads_before_the_cut()
    {
        var recorder = new ProcessRecorder(new HungProcess());
        byte[] whole = Recorded.Write(recorder, Enumerable.Range(0, 3).Select(i => HungProcess.Thread with { Thread = HungProcess.Thread.Thread with { Position = i } }));
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(index => whole[index] == '\n')];

        foreach (int end in ends.Concat(ends.Select(end => end + 9)).Where(end => end < whole.Length - 2))
        {
            (RecordingFile recording, ThreadStack[] threads) = Reading.Bytes(whole[..end]);

            RecordingProblem problem = recording.Problems.Single();
            Assert.IsTrue(problem.IsError);
            Assert.Contains("cut off", problem.Text);
            Assert.AreEqual(CountThreads(whole[..end]), threads.Length, $"cut at {end}");
            Assert.IsTrue(problem.Line >= whole[..end].Count(letter => letter == '\n'));
        }
    }

    [TestMethod]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":99,\"threads\":[]}", "schema 99")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":\"1\"}", "schema 0")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":1,\"threads\":{}}", "not valid")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":1,\n\"threads\":[{\"thread\":{\"position\":\"x\"}}]}", "not valid")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":1,\"process\":{\"processEnvironmentBlock\":12}}", "not valid")]
    [DataRow("{\"format\":\"kcallbacks-recording\",\"schema\":1,\"threads\":[]} {", "not valid")]
    public void A_wrong_recording_is_refused_with_the_reason(string json, string reason)
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(json);

        Assert.AreEqual(RecordingFormat.Recording, recording.Format);
        Assert.IsTrue(recording.HasErrors);
        Assert.Contains(reason, recording.Problems.Single().Text);
        Assert.IsEmpty(threads);
    }

    [TestMethod]
    public void An_unknown_member_of_a_recording_is_passed_over()
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(
            "{\"format\":\"kcallbacks-recording\",\"schema\":1,\"later\":{\"a\":[1]},\"threads\":[{\"thread\":{\"position\":0},\"later\":1}]}");

        Assert.AreEqual(0, recording.ProblemCount);
        Assert.IsEmpty(threads.Single().Frames);
    }

    private static int CountThreads(byte[] json) =>
        Encoding.UTF8.GetString(json).Split('\n').Count(line => line.StartsWith("    {\"thread\":", StringComparison.Ordinal) && line.TrimEnd(',').EndsWith('}'));

    private static void AssertError(string text, long? line, RecordingFile recording)
    {
        Assert.IsTrue(recording.HasErrors);
        Assert.AreEqual(new RecordingProblem(line, text, IsError: true), recording.Problems.Single());
    }
}
