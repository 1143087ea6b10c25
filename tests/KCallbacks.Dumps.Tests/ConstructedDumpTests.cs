using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps.Tests;

/// <summary>The dumps of tests/cases/dumps, each with its right answer.</summary>
[TestClass]
public sealed class ConstructedDumpTests
{
    [TestMethod]
    [DataRow("x64-live", 1)]
    [DataRow("x86-live", 1)]
    [DataRow("x86-chain-control", 2)]
    [DataRow("x86-chain-broken-by-stale", 2)]
    public void A_live_callback_is_found(string dump, int depth)
    {
        ThreadFinding finding = Judge(dump);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict, finding.Reason);
        Assert.AreEqual(depth, finding.Depth);
        Assert.AreEqual(Confidence.Medium, finding.Confidence, "no walk passes it");
    }

    [TestMethod]
    [DataRow("x64-outer-minus1")]
    [DataRow("x64-outer-zero")]
    [DataRow("x64-outer-int")]
    [DataRow("x64-outer-stackptr")]
    [DataRow("x86-returned")]
    [DataRow("x86-range-control")]
    [DataRow("x86-range-past-base")]
    public void A_thread_whose_callback_is_over_or_never_was_is_in_none(string dump)
    {
        ThreadFinding finding = Judge(dump);

        Assert.AreEqual(Verdict.None, finding.Verdict, finding.Reason);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
    }

    [TestMethod]
    public void What_an_x86_routine_passed_on_names_it()
    {
        Callback callback = Judge("x86-live").Callbacks.Single();

        Assert.AreEqual("user32!__fnDWORD", callback.Routine);
        Assert.AreEqual(0x60u, callback.Message?.Number);
        Assert.AreEqual(1UL, callback.Message?.WParam);
        Assert.AreEqual(2UL, callback.Message?.LParam);
    }

    [TestMethod]
    public void A_stack_that_only_the_list_of_memory_holds_is_read_there()
    {
        const int stackInFile = 36;
        byte[] dump = File.ReadAllBytes(Path.Combine(CasesFolder(), "x64-live.dmp"));
        BinaryPrimitives.WriteUInt32LittleEndian(dump.AsSpan(ThreadList(dump) + sizeof(uint) + stackInFile), 0);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, dump);
        try
        {
            Assert.AreEqual(Verdict.InCallback, JudgeFile(path).Verdict);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ThreadFinding Judge(string name) => JudgeFile(Path.Combine(CasesFolder(), $"{name}.dmp"));

    private static ThreadFinding JudgeFile(string path)
    {
        using Minidump dump = Minidump.Open(path);
        return dump.Judge().Single().Finding;
    }

    /// <summary>Where the thread list of a minidump lies.</summary>
    private static int ThreadList(ReadOnlySpan<byte> dump)
    {
        const uint threadList = 3;
        int entry = BinaryPrimitives.ReadInt32LittleEndian(dump[12..]);
        while (BinaryPrimitives.ReadUInt32LittleEndian(dump[entry..]) != threadList)
            entry += 12;
        return BinaryPrimitives.ReadInt32LittleEndian(dump[(entry + 8)..]);
    }

    private static string CasesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DbgExt.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("DbgExt.sln was not found above the test's folder.");
        return Path.Combine(folder.FullName, "tests", "cases", "dumps");
    }
}
