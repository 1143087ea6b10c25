using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Tests;

/// <summary>A walk is asked for until all its frames have room, but not without end.</summary>
[TestClass]
public sealed class FrameBufferTests
{
    private const int MostFrames = 1 << 12;

    [TestMethod]
    [DataRow(0, 0, false)]
    [DataRow(255, 255, false)]
    [DataRow(256, 256, false)]
    [DataRow(4095, 4095, false)]
    [DataRow(5000, MostFrames, true)]
    public void A_stack_is_walked_whole_unless_it_is_deeper_than_any_sound_one(int depth, int frames, bool expectedCut)
    {
        var buffer = new FrameBuffer(MostFrames);

        ReadOnlySpan<EngineStackFrame> walked = buffer.Fill(StackOf(depth), out bool isCut);

        Assert.AreEqual(expectedCut, isCut);
        Assert.AreEqual(frames, walked.Length);
        for (int i = 0; i < walked.Length; i++)
            Assert.AreEqual((uint)i, walked[i].FrameNumber);
    }

    [TestMethod]
    public void A_walk_that_the_engine_refuses_has_no_frames_and_is_not_cut()
    {
        ReadOnlySpan<EngineStackFrame> walked = new FrameBuffer(MostFrames).Fill(Refuse, out bool isCut);

        Assert.IsTrue(walked.IsEmpty);
        Assert.IsFalse(isCut);
    }

    private static FrameBuffer.EngineWalk StackOf(int depth) => (Span<EngineStackFrame> frames, out uint filled) =>
    {
        filled = (uint)Math.Min(depth, frames.Length);
        for (int i = 0; i < filled; i++)
            frames[i].FrameNumber = (uint)i;
        return HResult.Ok;
    };

    private static HResult Refuse(Span<EngineStackFrame> frames, out uint filled)
    {
        filled = (uint)frames.Length;
        return HResult.NotImplemented;
    }
}
