using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Judging;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Judging;

/// <summary>Stacks that somebody made of as many callbacks as fit: four times the frames take four times the steps, never sixteen times.</summary>
[TestClass]
public sealed class CallbackJoinWorkTests
{
    private const ulong Stack = 0x70_e330_0000;

    [TestMethod]
    public void Steps_between_the_witnesses_grow_as_the_frames_do()
    {
        int steps = StepsOfJoin(1_000);
        int more = StepsOfJoin(4_000);

        Assert.IsGreaterThan(0, steps);
        Assert.IsLessThanOrEqualTo(steps * 5, more);
    }

    /// <summary>Walked callbacks, frames that memory rejects inside each, and frames that memory remembers where code without a callback was walked.</summary>
    private static int StepsOfJoin(int count)
    {
        var stack = new ThreadStack
        {
            Thread = new ThreadIdentity(0),
            Walk = WalkExtent.Truncated,
            Frames = Frames("ntdll!KiUserCallbackDispatcherContinue;app!f+0x1", count),
        };
        var memory = new MemoryEvidence
        {
            Rejected = [.. Enumerable.Range(0, count).Select(i => new RejectedFrame(Stack + ((ulong)i * 0x40) + 8, "over"))],
        };
        var frames = new ReadFrames(stack.Frames, FrameEvidence.Of(stack.Frames), isRawScan: false);
        ImmutableArray<CallbackCandidate> remembered =
        [
            .. Enumerable.Range(0, count / 2).Select(i => Candidate(Stack + ((ulong)((2 * i) + 1) * 0x40))),
        ];

        return CallbackJoin.Of(stack, frames.Evidence, memory, FrameWitness.Of(stack, frames), remembered).Steps;
    }

    private static CallbackCandidate Candidate(ulong address) =>
        new(new Callback { Address = address, Evidence = EvidenceSource.Memory }, IsProof: true, new StackRange(address, address + 1));

    private static ImmutableArray<StackFrame> Frames(string pattern, int count)
    {
        StackFrame[] frames = [.. PrintedStack.Of(pattern).Frames];
        return [.. Enumerable.Range(0, count).Select(i => frames[i % frames.Length] with { StackPointer = Stack + ((ulong)i * 0x40) })];
    }
}
