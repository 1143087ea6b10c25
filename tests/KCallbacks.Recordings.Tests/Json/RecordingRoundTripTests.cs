using System.Text;
using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests;
using KCallbacks.PrintedStacks.Tests.Corpus;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>What is written is read back: the same threads, the same findings.</summary>
[TestClass]
public sealed class RecordingRoundTripTests
{
    [TestMethod]
    public void A_thread_judged_by_memory_is_judged_the_same_from_its_recording()
    {
        var recorder = new ProcessRecorder(new HungProcess());
        ThreadFinding live = new CallbackDetector(recorder).Judge(HungProcess.Thread);
        Assert.AreEqual(Verdict.InCallback, live.Verdict);
        Assert.AreEqual("user32!_fnDWORD", live.Callbacks[0].Routine);
        Assert.AreEqual("win32u!NtUserPeekMessage", live.Callbacks[0].Entry);

        (RecordingFile recording, ThreadStack[] threads) = Reading.Bytes(Recorded.Write(recorder, [HungProcess.Thread]));

        Assert.AreEqual(0, recording.ProblemCount);
        Assert.AreEqual(Spell(live), Spell(new CallbackDetector(recording.Process).Judge(threads[0])));
    }

    [TestMethod]
    public void Nothing_of_a_thread_is_lost()
    {
        var recorder = new ProcessRecorder(new HungProcess());
        ThreadStack read = Reading.Bytes(Recorded.Write(recorder, [HungProcess.Thread])).Threads.Single();

        Assert.AreEqual(Spell(HungProcess.Thread), Spell(read));
        Assert.AreEqual(HungProcess.Thread.Thread, read.Thread);
        Assert.AreEqual(HungProcess.Thread.Kernel, read.Kernel);
        Assert.AreEqual(HungProcess.Thread.Wow64Half!.Problem, read.Wow64Half!.Problem);
        CollectionAssert.AreEqual(HungProcess.Thread.Frames, read.Frames);
        CollectionAssert.AreEqual(HungProcess.Thread.Managed!.Frames, read.Managed!.Frames);
        Assert.AreEqual((HungProcess.Thread.Managed.IsComplete, HungProcess.Thread.Managed.Lock, HungProcess.Thread.Managed.Joins), (read.Managed.IsComplete, read.Managed.Lock, read.Managed.Joins));
        Assert.IsTrue(read.Memory!.Bytes.Span.SequenceEqual(HungProcess.Thread.Memory!.Bytes.Span));
    }

    [TestMethod]
    public void No_property_of_the_model_is_forgotten()
    {
        ThreadStack thread = Filled.Of<ThreadStack>();

        ThreadStack read = Reading.Bytes(Recorded.Write(new ProcessRecorder(new HungProcess()), [thread])).Threads.Single();

        Assert.AreEqual(Spell(thread), Spell(read));
    }

    [TestMethod]
    public void No_property_of_the_process_is_forgotten()
    {
        ProcessRecord process = Filled.Of<ProcessRecord>();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            RecordingShapes.Process.Write(writer, process);

        var reader = new Utf8JsonReader(stream.ToArray());
        reader.Read();

        Assert.AreEqual(JsonSerializer.Serialize(process), JsonSerializer.Serialize(RecordingShapes.Process.Read(ref reader)));
    }

    [TestMethod]
    public void What_is_said_of_the_process_is_kept()
    {
        var process = new HungProcess();
        var recorder = new ProcessRecorder(process);
        new CallbackDetector(recorder).Judge(HungProcess.Thread);

        RecordingFile recording = Reading.Bytes(Recorded.Write(recorder, [])).Recording;

        Assert.AreEqual(Architecture.X64, recording.Architecture);
        Assert.AreEqual(SessionKind.Kernel, recording.Session);
        Assert.AreEqual(19041, recording.Process.WindowsBuild);
        Assert.AreEqual(process.ProcessEnvironmentBlock, recording.Process.ProcessEnvironmentBlock);
        CollectionAssert.AreEqual(process.Modules, recording.Process.Modules);
        Assert.IsNull(recording.Process.FindSymbol(0x1234), "what nobody asked is not known");
    }

    [TestMethod]
    public void Every_recorded_stack_of_the_corpus_survives()
    {
        foreach (string path in CorpusLabel.ReadAll().Select(label => label.TextPath).Distinct())
        {
            (RecordingFile text, ThreadStack[] threads) = Reading.Bytes(File.ReadAllBytes(path));
            var recorder = new ProcessRecorder(text.Process);
            var printed = new CallbackDetector(recorder);
            string[] before = [.. threads.Select(thread => Spell(printed.Judge(thread)))];

            (RecordingFile recording, ThreadStack[] read) = Reading.Bytes(Recorded.Write(recorder, threads));
            var recorded = new CallbackDetector(recording.Process);

            CollectionAssert.AreEqual(before, read.Select(thread => Spell(recorded.Judge(thread))).ToArray(), path);
        }
    }

    [TestMethod]
    public void Addresses_are_strings_of_sixteen_digits_and_every_thread_is_one_line()
    {
        string json = Encoding.UTF8.GetString(Recorded.Write(new ProcessRecorder(new HungProcess()), [HungProcess.Thread, HungProcess.Thread]));

        Assert.Contains("\"stackPointer\":\"0x00000070e331d700\"", json);
        Assert.HasCount(2, json.Split('\n').Where(line => line.Contains("\"thread\":", StringComparison.Ordinal)).ToArray());
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.AreEqual(RecordingSchema.Version, document.RootElement.GetProperty("schema").GetInt32());
        Assert.AreEqual(RecordingSchema.Format, document.RootElement.GetProperty("format").GetString());
    }

    private static string Spell(ThreadFinding finding) => JsonSerializer.Serialize(finding);

    private static string Spell(ThreadStack thread) => JsonSerializer.Serialize(thread);
}
