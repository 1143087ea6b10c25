using KCallbacks.Detection.Model;
using KCallbacks.Dumps.Format;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Dumps.Tests;

[TestClass]
public sealed class MinidumpTests
{
    private static readonly Lock Gate = new();

    public static IEnumerable<object[]> Plans => UserCases.All.Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Every_thread_is_judged_as_it_was_generated(string name)
    {
        (UserDump expected, string path) = Generate(name);
        using Minidump dump = Minidump.Open(path);

        ThreadFinding[] findings = [.. dump.Judge().Select(thread => thread.Finding)];

        Assert.HasCount(expected.Threads.Count, findings);
        for (int i = 0; i < findings.Length; i++)
        {
            UserThread thread = expected.Threads[i];
            string which = $"thread {i}, {thread.Plan.Description}: {findings[i].Reason}";
            Assert.AreEqual(thread.SystemId, findings[i].Thread.SystemId, which);
            Assert.AreEqual(expected.Plan.VerdictWithoutWalk(thread.Expected), findings[i].Verdict, which);
            Assert.AreEqual(thread.Expected.Depth, findings[i].Depth, which);
            CollectionAssert.AreEqual(
                thread.Expected.Callbacks.Select(callback => callback.ApiNumber).ToArray(),
                findings[i].Callbacks.Select(callback => callback.ApiNumber).ToArray(),
                which);
        }
    }

    [TestMethod]
    public void A_thread_is_walked_to_its_start()
    {
        (UserDump expected, string path) = Generate("exports-win10");
        using Minidump dump = Minidump.Open(path);

        foreach ((UserThread thread, ThreadStack stack) in expected.Threads.Zip(dump.Judge().Select(judged => judged.Stack)))
        {
            Assert.AreEqual(WalkExtent.Complete, stack.Walk, thread.Plan.Description);
            CollectionAssert.AreEqual(
                thread.Stack.Frames.Select(frame => (frame.InstructionPointer, frame.StackPointer)).ToArray(),
                stack.Frames.Select(frame => (frame.InstructionPointer, frame.StackPointer)).ToArray(),
                thread.Plan.Description);
            Assert.AreEqual("RtlUserThreadStart", stack.Frames[^1].Function, thread.Plan.Description);
        }
    }

    [TestMethod]
    [DataRow("stacks-win10", "^the unwind data of \\w+ is not readable$")]
    [DataRow("exports-win10", "^$")]
    public void Why_a_walk_ended_early_is_said(string name, string expected)
    {
        using Minidump dump = Minidump.Open(Generate(name).Path);

        foreach ((ThreadStack stack, _) in dump.Judge())
            Assert.MatchesRegex(expected, stack.WalkEnd ?? "");
    }

    [TestMethod]
    public void Threads_that_came_the_same_way_have_the_frames_of_a_walk_of_their_own()
    {
        using Minidump dump = Minidump.Open(Generate("exports-win10").Path);
        var shared = new MinidumpTarget(dump);

        foreach (ThreadIdentity thread in shared.Threads)
        {
            var alone = new MinidumpTarget(dump);
            Assert.AreSequenceEqual(Frames(alone, thread), Frames(shared, thread));
        }

        static IEnumerable<StackFrame> Frames(MinidumpTarget target, ThreadIdentity thread) =>
            target.Walk(target.Read(new ThreadStack { Thread = thread }, memory: null), default, byDebugger: false).Frames;
    }

    [TestMethod]
    public void The_process_is_described()
    {
        (UserDump expected, string path) = Generate("shapes-win10");
        using Minidump dump = Minidump.Open(path);

        Assert.AreEqual(Architecture.X64, dump.Architecture);
        Assert.AreEqual(19041, dump.WindowsBuild);
        Assert.AreEqual(expected.Addresses.ProcessBlock, dump.ProcessEnvironmentBlock);
        Assert.IsFalse(dump.IsWine);
        Assert.IsFalse(dump.IsWow64);
        Assert.IsTrue(dump.Modules.Any(module => module.Name == "ntdll"));
    }

    [TestMethod]
    public void Exports_name_functions_in_both_directions()
    {
        using Minidump dump = Minidump.Open(Generate("exports-win10").Path);

        ulong dispatcher = dump.FindFunction("NTDLL", "KiUserCallbackDispatcher")!.Value;

        Assert.AreEqual(new Symbol("ntdll", "KiUserCallbackDispatcher", 4, IsExport: true), dump.FindSymbol(dispatcher + 4));
        Assert.IsNull(dump.FindFunction("ntdll", "NoSuchFunction"));
        Assert.IsNull(dump.FindFunction("nosuchmodule", "KiUserCallbackDispatcher"));
        Assert.IsNull(dump.FindSymbol(0x10));
    }

    [TestMethod]
    public void Without_images_a_module_is_still_named()
    {
        using Minidump dump = Minidump.Open(Generate("stacks-win10").Path);
        Module ntdll = dump.Modules.First(module => module.Name == "ntdll");

        Assert.AreEqual(new Symbol("ntdll", null, 0x20, IsExport: false), dump.FindSymbol(ntdll.Base + 0x20));
    }

    [TestMethod]
    public void A_damaged_dump_is_refused_or_read_but_nothing_else()
    {
        byte[] whole = File.ReadAllBytes(Generate("stacks-win10").Path);
        string path = Path.GetTempFileName();
        var random = new Random(1);
        try
        {
            for (int run = 0; run < 300; run++)
                Read(path, Damaged(whole, random));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow("MDMP....", true)]
    [DataRow("PAGEDU64", false)]
    [DataRow("PAGEDUMP", false)]
    [DataRow("PAGEDU", false)]
    [DataRow("", false)]
    [DataRow("0:000> ~*k", false)]
    public void A_dump_is_recognised_by_its_first_bytes(string start, bool expected) =>
        Assert.AreEqual(expected, DumpSignature.IsMinidump(System.Text.Encoding.ASCII.GetBytes(start)));

    [TestMethod]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.dmp", Assert.ThrowsExactly<DumpException>(() => Minidump.Open("nowhere.dmp")).Message);

    private static void Read(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        try
        {
            using Minidump dump = Minidump.Open(path);
            _ = dump.Judge().Count();
        }
        catch (DumpException)
        {
            // Refused with a message: as good as read.
        }
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        byte[] damaged = whole[..random.Next(1, whole.Length + 1)];
        for (int i = 0; i < 8; i++)
            damaged[random.Next(Math.Min(damaged.Length, 4096))] = (byte)random.Next(256);
        "MDMP"u8[..Math.Min(4, damaged.Length)].CopyTo(damaged);
        return damaged;
    }

    /// <summary>One test after the other: the generator's folder is shared.</summary>
    private static (UserDump Dump, string Path) Generate(string name)
    {
        lock (Gate)
            return FixtureFolder.OfRepository.Generate(UserCases.All.Single(plan => plan.Name == name));
    }
}
