using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Sessions.Tests;

/// <summary>How far a walk of the engine goes, by the name and the return address of its outermost frame.</summary>
[TestClass]
public sealed class EngineFramesTests
{
    private const ulong Start = 0x7ff8_0000_2000;
    private const ulong Elsewhere = 0x7ff8_0000_3000;

    [TestMethod]
    [DataRow(Start, 0ul, false, WalkExtent.Complete)]
    [DataRow(Start, 0ul, true, WalkExtent.Truncated)]
    [DataRow(Start, Elsewhere, false, WalkExtent.Truncated)]
    [DataRow(Elsewhere, 0ul, false, WalkExtent.Truncated)]
    public void A_walk_is_complete_when_it_ends_where_threads_start(ulong outermost, ulong returnAddress, bool isCut, WalkExtent expected)
    {
        EngineStackFrame[] frames = [Frame(Elsewhere, outermost), Frame(outermost, returnAddress)];

        Assert.AreEqual(expected, EngineFrames.Read(frames, isCut, Process(), _ => FrameSide.User).Extent);
    }

    [TestMethod]
    [DataRow(Start, 0ul, false, null)]
    [DataRow(Start, 0ul, true, "the engine was asked for 2 frames")]
    [DataRow(Elsewhere, 0ul, false, "the engine finds no caller of 0x00007ff800003000")]
    public void Why_a_walk_ended_early_is_said(ulong outermost, ulong returnAddress, bool isCut, string? expected) =>
        Assert.AreEqual(expected, EngineFrames.Read([Frame(Elsewhere, outermost), Frame(outermost, returnAddress)], isCut, Process(), _ => FrameSide.User).EndReason);

    [TestMethod]
    public void A_walk_without_frames_failed() =>
        Assert.AreEqual(WalkExtent.Failed, EngineFrames.Read([], isCut: false, Process(), _ => FrameSide.User).Extent);

    [TestMethod]
    public void A_frame_has_its_name_its_addresses_and_its_side()
    {
        var thread = new ThreadStack { Thread = new ThreadIdentity(3, "3") };

        ThreadStack walked = EngineFrames.Read([Frame(Start + 0x21, Elsewhere)], isCut: false, Process(), SideOf).On(thread);

        Assert.AreEqual(3, walked.Thread.Position);
        Assert.AreEqual(new StackFrame("ntdll", "RtlUserThreadStart", 0x21, Start + 0x21, 0x5_0000, Elsewhere, FrameSide.Kernel), walked.Frames.Single());

        static FrameSide SideOf(ulong instruction) => instruction == Start + 0x21 ? FrameSide.Kernel : FrameSide.User;
    }

    private static SyntheticProcess Process() => new SyntheticProcess { Modules = [new Module("ntdll", 0x7ff8_0000_0000, 0x10_0000)] }
        .WithFunction("ntdll!RtlUserThreadStart", Start)
        .WithFunction("ntdll!Elsewhere", Elsewhere);

    private static EngineStackFrame Frame(ulong instruction, ulong returnAddress) =>
        new() { InstructionOffset = instruction, ReturnOffset = returnAddress, StackOffset = 0x5_0000 };
}
