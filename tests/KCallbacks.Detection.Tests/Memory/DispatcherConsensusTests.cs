using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Frames of a process in which nothing tells where the dispatcher is, as in a dump without images.</summary>
[TestClass]
public sealed class DispatcherConsensusTests
{
    private const ulong ElsewhereInNtdll = WindowsX64.Ntdll + 0x1_2345;

    private static readonly CallbackFrameFinder Finder = new(WindowsX64.WithoutSymbols());

    [TestMethod]
    public void A_frame_that_returns_elsewhere_in_ntdll_than_the_others_is_stale()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls().X64Callback().Calls().X64Callback().LeaveStale(ElsewhereInNtdll);

        MemoryEvidence evidence = Finder.Examine(builder.Calls().Build());

        CollectionAssert.AreEqual(builder.Frames.Select(frame => frame.Address).ToArray(), evidence.Frames.Select(frame => frame.Address).ToArray());
        StringAssert.Contains(evidence.Rejected.Single().Reason, "returns elsewhere");
    }

    [TestMethod]
    public void The_return_of_NtCallbackReturn_and_that_of_the_routine_are_one_place()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls().X64Callback(returnAddress: WindowsX64.ReturnFromCallbackReturn);

        MemoryEvidence evidence = Finder.Examine(builder.Build());

        Assert.HasCount(2, evidence.Frames);
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.Medium));
    }

    [TestMethod]
    public void One_against_one_leaves_both_in_doubt()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls().X64Callback().LeaveStale(ElsewhereInNtdll);

        MemoryEvidence evidence = Finder.Examine(builder.Calls().Build());

        Assert.HasCount(2, evidence.Frames);
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.Low));
    }

    [TestMethod]
    public void A_frame_that_the_dispatchers_code_confirms_outvotes_the_others()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithoutSymbols()
            .WithMemory(WindowsX64.ReturnFromRoutine, 0x33, 0xC9, 0x33, 0xD2, 0x44, 0x8B, 0xC0, 0xE8));
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback()
            .Calls().X64Callback().LeaveStale(ElsewhereInNtdll).Calls().X64Callback().LeaveStale(ElsewhereInNtdll);

        Assert.AreEqual(builder.Frames.Single().Address, finder.Examine(builder.Calls().Build()).Frames.Single().Address);
    }
}
