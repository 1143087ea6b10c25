using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps.Format;
using KCallbacks.Fixtures;

namespace KCallbacks.Dumps.Tests;

/// <summary>Dumps that are cut off, blank or of another system: what is missing is named, and no thread is judged by half a stack.</summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "The seed makes a failure repeatable; nothing is secret.")]
public sealed class DamagedDumpTests
{
    private const uint Exception = 6;
    private const uint SystemInfo = 7;
    private const int PlatformOffset = 20;
    private const int ContextSize = 0x4d0;

    [TestMethod]
    [DataRow("nested-win10")]
    [DataRow("shapes-win10")]
    [DataRow("small-win10")]
    [DataRow("stacks-win10")]
    public void A_dump_that_is_cut_off_is_partial_and_no_callback_is_lost(string plan)
    {
        DumpImage whole = DumpImage.Of(plan);
        foreach (int length in Places(whole))
            whole.Cut(length).Use(path => Check(whole.Dump, path, $"{plan} cut off at {length}"));
    }

    [TestMethod]
    [DataRow("nested-win10")]
    [DataRow("small-win10")]
    [DataRow("stacks-win10")]
    public void A_dump_whose_rest_is_zeros_is_partial_and_no_callback_is_lost(string plan)
    {
        DumpImage whole = DumpImage.Of(plan);
        foreach (int from in StackPlaces(whole, new Random(8)))
            whole.Zeroed(from).Use(path => Check(whole.Dump, path, $"{plan} blank from {from}", mustBePartial: false));
    }

    [TestMethod]
    public void A_whole_dump_misses_nothing() => DumpImage.Of("nested-win10").Use(path =>
    {
        using Minidump dump = Minidump.Open(path);
        Assert.IsTrue(dump.Judge().All(thread => thread.Stack.Problem is null));
        Assert.IsNull(dump.Missing);
    });

    [TestMethod]
    public void The_first_thing_that_is_missing_is_named()
    {
        DumpImage whole = DumpImage.Of("stacks-win10");
        UserThread last = whole.Dump.Threads[^1];

        Assert.Contains($"the registers of thread {last.SystemId:x} is the first", MissingOf(whole.Cut((int)whole.UInt32(whole.ThreadAt(whole.Dump.Threads.Count - 1) + 44) + 8)));
        Assert.Contains("its list of threads is the first", MissingOf(whole.Cut(whole.ThreadAt(2) + 8)));
    }

    [TestMethod]
    public void A_stack_of_zeros_is_named()
    {
        DumpImage whole = DumpImage.Of("stacks-win10");
        int stack = (int)whole.UInt32(whole.ThreadAt(1) + 36);
        int size = (int)whole.UInt32(whole.ThreadAt(1) + 32);

        whole.With(stack, new byte[size]).Use(path =>
        {
            using Minidump dump = Minidump.Open(path);
            ThreadFinding[] findings = [.. dump.Judge().Select(thread => thread.Finding)];

            Assert.AreEqual(Verdict.Unknown, findings[1].Verdict);
            Assert.Contains("holds only zeros", findings[1].Reason);
            Assert.Contains($"the stack of thread {whole.Dump.Threads[1].SystemId:x}", dump.Missing!);
        });
    }

    [TestMethod]
    [DataRow(0x8101u, "macOS")]
    [DataRow(0x8201u, "Linux")]
    [DataRow(0x8203u, "Android")]
    [DataRow(0x9999u, "platform 0x9999")]
    public void A_dump_of_another_system_is_refused_by_name(uint platform, string name)
    {
        DumpImage whole = DumpImage.Of("stacks-win10");
        whole.With(whole.OffsetOf(SystemInfo) + PlatformOffset, platform).Use(path =>
            Assert.Contains($"of a program on {name};", Assert.ThrowsExactly<DumpException>(() => Minidump.Open(path)).Message));
    }

    [TestMethod]
    public void The_thread_that_wrote_the_dump_is_judged_by_its_exception()
    {
        DumpImage whole = DumpImage.Of("nested-win10");
        const int Thread = 3;
        int context = (int)whole.UInt32(whole.ThreadAt(Thread) + 44);
        byte[] stream = new byte[168 + ContextSize];
        BinaryPrimitives.WriteUInt32LittleEndian(stream, whole.Dump.Threads[Thread].SystemId);
        BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(160), ContextSize);
        BinaryPrimitives.WriteInt32LittleEndian(stream.AsSpan(164), whole.Length + 168);
        whole.Bytes(context, ContextSize).CopyTo(stream.AsSpan(168));

        DumpImage blank = whole.With(context, new byte[ContextSize]);
        Assert.Contains("zeros for the thread's registers", Judge(blank, Thread).Reason);
        ThreadFinding finding = Judge(blank.WithStream(Exception, stream), Thread);

        Assert.AreEqual(whole.Dump.Threads[Thread].Expected.Verdict, finding.Verdict);
        Assert.AreEqual(whole.Dump.Threads[Thread].Expected.Depth, finding.Depth);
    }

    [TestMethod]
    public void Without_its_list_of_modules_a_dump_clears_no_thread()
    {
        DumpImage whole = DumpImage.Of("stacks-win10");
        whole.With(whole.OffsetOf(4), 0u).Use(path => Check(whole.Dump, path, "no modules"));
    }

    [TestMethod]
    public void Ranges_at_the_end_of_memory_are_read_as_far_as_they_go()
    {
        DumpImage whole = DumpImage.Of("nested-win10");
        int first = whole.OffsetOf(9) + 16;
        foreach (ulong start in (ulong[])[0x7fff_ffff_ffff_ff00, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_fff0, ulong.MaxValue])
        {
            foreach (ulong size in (ulong[])[1, 0x100, 0x7fff_ffff_ffff_ffff, ulong.MaxValue])
            {
                byte[] range = new byte[16];
                BinaryPrimitives.WriteUInt64LittleEndian(range, start);
                BinaryPrimitives.WriteUInt64LittleEndian(range.AsSpan(8), size);
                whole.With(first, range).Use(path =>
                {
                    using Minidump dump = Minidump.Open(path);
                    dump.TryRead(start, new byte[16]);
                    dump.TryRead(ulong.MaxValue, new byte[2]);
                    Assert.HasCount(whole.Dump.Threads.Count, dump.Judge());
                });
            }
        }
    }

    /// <summary>The ends of all streams and contexts, and places between.</summary>
    private static IEnumerable<int> Places(DumpImage whole)
    {
        var random = new Random(7);
        int end = whole.Length;
        return Enumerable.Range(1, 40).Select(_ => random.Next(1, end))
            .Concat(Enumerable.Range(0, whole.Dump.Threads.Count).Select(i => whole.ThreadAt(i) + 4))
            .Concat(StackPlaces(whole, random))
            .Concat([1, 4, 31, 32, 40, 91, end - 1])
            .Where(place => place > 0 && place < end);
    }

    /// <summary>A place in each thread's stack.</summary>
    private static IEnumerable<int> StackPlaces(DumpImage whole, Random random) =>
        Enumerable.Range(0, whole.Dump.Threads.Count).Select(i => (int)whole.UInt32(whole.ThreadAt(i) + 36) + random.Next((int)whole.UInt32(whole.ThreadAt(i) + 32)));

    private static void Check(UserDump expected, string path, string which, bool mustBePartial = true)
    {
        try
        {
            using Minidump dump = Minidump.Open(path);
            ThreadFinding[] findings = [.. dump.Judge().Select(thread => thread.Finding)];
            if (mustBePartial)
                Assert.IsNotNull(dump.Missing, which);
            for (int i = 0; i < findings.Length; i++)
                CheckThread(expected.Threads[i], findings[i], $"{which}, thread {i}: {findings[i].Verdict} {findings[i].Depth} {findings[i].Reason}");
        }
        catch (DumpException)
        {
            // Refused with a message, because not even its header and directory are there: nothing wrong is said.
        }
    }

    /// <summary>What is said may be less than the truth, but only if it says so.</summary>
    private static void CheckThread(UserThread expected, ThreadFinding finding, string which)
    {
        if (finding.Verdict == Verdict.Unknown)
            return;
        Assert.AreEqual(expected.Expected.Depth > 0, finding.Depth > 0, which);
        Assert.IsTrue(finding.Depth == expected.Expected.Depth || (finding.Depth < expected.Expected.Depth && finding.DepthIsMinimum), which);
    }

    private static string MissingOf(DumpImage image)
    {
        string missing = "";
        image.Use(path =>
        {
            using Minidump dump = Minidump.Open(path);
            missing = dump.Missing ?? "";
        });
        return missing;
    }

    private static ThreadFinding Judge(DumpImage image, int thread)
    {
        ThreadFinding? finding = null;
        image.Use(path =>
        {
            using Minidump dump = Minidump.Open(path);
            finding = dump.Judge().ElementAt(thread).Finding;
        });
        return finding!;
    }
}
