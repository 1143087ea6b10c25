using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>Recordings that somebody made to do harm: what is wrong is said in one line, and reading costs what their length allows.</summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "Bytes that do not repeat; nothing is secret.")]
public sealed class HostileRecordingTests
{
    private const string Head = "{\"format\":\"kcallbacks-recording\",\"schema\":1,";

    [TestMethod]
    [DataRow("{\"\\ud800\":1}", DisplayName = "a member's name")]
    [DataRow("{\"format\":\"\\ud800\",\"schema\":1}", DisplayName = "the format")]
    [DataRow(Head + "\"session\":\"\\udc00\",\"threads\":[]}", DisplayName = "the session")]
    [DataRow(Head + "\"process\":{\"modules\":[{\"name\":\"\\ud800\"}]}}", DisplayName = "a module")]
    [DataRow(Head + "\"threads\":[{\"thread\":{\"position\":0,\"printed\":\"\\udfff\"}}]}", DisplayName = "a thread")]
    public void Half_a_character_is_an_error_of_the_file(string json)
    {
        RecordingFile recording = Reading.Text(json).Recording;

        Assert.IsTrue(recording.HasErrors);
        Assert.HasCount(1, recording.Problems);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("[true]")]
    [DataRow("[true,-1,null]")]
    [DataRow("[true,null,[\"0x1\",5,null]]")]
    [DataRow("[true,null,[\"0x1\",null,-1]]")]
    [DataRow("[true,null,null,-5]")]
    [DataRow("[true,null,null,\"5\"]")]
    [DataRow("[true,null,null,[\"method\",\"0x1\",\"0x2\"]]")]
    [DataRow("[true,null,null,[\"unheard-of\",\"0x1\",\"0x2\",\"A.B\"]]")]
    [DataRow("[true,null,null,[\"method\",\"0x1\",\"0x2\",\"A.B\",3]]")]
    public void What_a_runtime_told_in_another_form_is_an_error_of_the_file(string managed)
    {
        string json = $$"""{"format":"kcallbacks-recording","schema":2,"threads":[{"thread":{"position":0},"managed":{{managed}}}]}""";

        RecordingFile recording = Reading.Text(json).Recording;

        Assert.AreEqual(1, recording.ProblemCount);
    }

    [TestMethod]
    public void Threads_with_the_same_position_are_told_apart()
    {
        int[] positions = [0, 0, 2, 0, 1, 2, int.MaxValue, int.MaxValue, -1];
        string threads = string.Join(',', positions.Select(position => $"{{\"thread\":{{\"position\":{position.ToString(CultureInfo.InvariantCulture)}}}}}"));

        (RecordingFile recording, ThreadStack[] read) = Reading.Text($"{Head}\"threads\":[{threads}]}}");

        Assert.HasCount(positions.Length, read);
        Assert.HasCount(positions.Length, read.Select(thread => thread.Thread.Position).Distinct().ToArray());
        Assert.Contains("two threads have the position 0", recording.Problems.Single().Text);
    }

    [TestMethod]
    public void A_name_is_cut_where_no_real_one_ends()
    {
        string name = new('n', 100_000);
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(
            $"{Head}\"process\":{{\"modules\":[{{\"name\":\"{name}\",\"base\":\"0x10\",\"size\":1}}]}},\"threads\":[{{\"thread\":{{\"position\":0}},\"frames\":[{{\"function\":\"{name}\"}}]}}]}}");

        Assert.AreEqual(Symbol.LongestName, recording.Process.Modules[0].Name.Length);
        Assert.AreEqual(Symbol.LongestName, threads[0].Frames[0].Function!.Length);
    }

    [TestMethod]
    public void A_look_up_in_memory_takes_two_steps_more_for_four_times_the_ranges()
    {
        Assert.IsLessThanOrEqualTo(StepsOf(1_000) + 3, StepsOf(4_000));
        Assert.IsLessThanOrEqualTo(StepsOf(1_000) + 7, StepsOf(64_000));
    }

    [TestMethod]
    public void Ranges_over_each_other_are_read_as_one()
    {
        var memory = new RecordedMemory(
        [
            Range(0x1008, 8, 2), Range(0x1000, 12, 1), Range(0x1000, 4, 9), Range(0x1010, 4, 3), Range(0x1020, 4, 4), Range(0x1004, 2, 9),
        ]);
        byte[] bytes = new byte[0x14];

        Assert.IsTrue(memory.TryRead(0x1000, bytes));
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)1, 12).Concat(Enumerable.Repeat((byte)2, 4)).Concat(Enumerable.Repeat((byte)3, 4)).ToArray(), bytes);
        Assert.IsTrue(memory.TryRead(0x1020, new byte[4]));
        Assert.IsFalse(memory.TryRead(0x1000, new byte[0x15]));
        Assert.IsFalse(memory.TryRead(0xfff, new byte[1]));
        Assert.IsFalse(memory.TryRead(0x1018, new byte[1]));
    }

    [TestMethod]
    public void A_range_at_the_end_of_memory_ends_there()
    {
        var memory = new RecordedMemory([Range(ulong.MaxValue - 3, 8, 1)]);

        Assert.IsTrue(memory.TryRead(ulong.MaxValue - 3, new byte[4]));
        Assert.IsFalse(memory.TryRead(ulong.MaxValue - 3, new byte[5]));
        Assert.IsFalse(memory.TryRead(0, new byte[1]));
    }

    [TestMethod]
    public void Threads_on_one_stack_bring_its_bytes_once()
    {
        byte[] bytes = new byte[0x8_0000];
        new Random(1).NextBytes(bytes);
        ThreadStack[] threads = [.. Enumerable.Range(0, 100).Select(i => new ThreadStack
        {
            Thread = new ThreadIdentity(i),
            Memory = new StackMemory(0x20_0000 + (ulong)(i * 0x300), bytes.AsMemory(i * 0x300), IsComplete: true),
        })];

        byte[] json = Recorded.Write(new ProcessRecorder(new HungProcess()), threads);
        ThreadStack[] read = Reading.Bytes(json).Threads;

        Assert.IsLessThan(2 * bytes.Length, json.Length);
        for (int i = 0; i < threads.Length; i++)
            Assert.IsTrue(read[i].Memory!.Bytes.Span.SequenceEqual(threads[i].Memory!.Bytes.Span));
    }

    [TestMethod]
    public void Threads_that_have_other_bytes_at_one_address_bring_their_own()
    {
        ThreadStack[] threads = [.. Enumerable.Range(0, 3).Select(i => new ThreadStack
        {
            Thread = new ThreadIdentity(i),
            Memory = new StackMemory(0x20_0000, new byte[] { 1, 2, (byte)(i / 2) }, IsComplete: true),
        })];

        ThreadStack[] read = Reading.Bytes(Recorded.Write(new ProcessRecorder(new HungProcess()), threads)).Threads;

        CollectionAssert.AreEqual(new byte[] { 0, 0, 1 }, read.Select(thread => thread.Memory!.Bytes.Span[2]).ToArray());
    }

    [TestMethod]
    public void A_thread_is_written_before_the_next_is_asked_for()
    {
        using var stream = new MemoryStream();
        long[] lengths = new long[4];
        RecordingWriter.Write(stream, new ProcessRecorder(new HungProcess()), SessionKind.User, Threads(), "1");

        Assert.IsTrue(lengths[3] > lengths[2] && lengths[2] > lengths[1], string.Join(' ', lengths));

        IEnumerable<ThreadStack> Threads()
        {
            for (int i = 0; i < lengths.Length; i++)
            {
                lengths[i] = stream.Length;
                yield return new ThreadStack { Thread = new ThreadIdentity(i) };
            }
        }
    }

    [TestMethod]
    [DataRow("{\"address\":\"0x1000\",\"length\":-1,\"pieces\":[]}")]
    [DataRow("{\"address\":\"0x1000\",\"length\":2147483647,\"pieces\":[{\"address\":\"0x1000\",\"bytes\":\"AAAA\"}]}")]
    [DataRow("{\"address\":\"0xffffffffffffffff\",\"length\":2,\"pieces\":[{\"address\":\"0xffffffffffffffff\",\"bytes\":\"AAAA\"},null]}")]
    [DataRow("{\"address\":\"0x0\",\"length\":1}")]
    public void A_stack_that_is_not_all_there_is_said_to_be_missing(string stack)
    {
        ThreadStack thread = Reading.Text($"{Head}\"threads\":[{{\"thread\":{{\"position\":0}},\"stack\":{stack}}}]}}").Threads.Single();

        Assert.IsNull(thread.Memory);
        Assert.AreEqual("the recording does not hold all of the thread's stack", thread.Problem);
    }

    private static long StepsOf(int ranges)
    {
        var memory = new RecordedMemory([.. Enumerable.Range(0, ranges).Select(i => Range(0x1000_0000 + ((ulong)i * 64), 8, 1))]);
        for (int i = 0; i < 100; i++)
            memory.TryRead(0x1000_0000 + ((ulong)(i * ranges / 100) * 64), new byte[8]);
        return memory.Steps / 100;
    }

    private static MemoryRecord Range(ulong address, int length, byte value) => new(address, Enumerable.Repeat(value, length).ToArray());
}
