using System.Globalization;
using KCallbacks.Detection.Judging;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.RandomStacks;

namespace KCallbacks.Detection.Tests.Judging;

/// <summary>Threads that came the same way share what their frames were read as, and no others do.</summary>
[TestClass]
public sealed class ReadFramesCacheTests
{
    private const string InCallback = "ntdll!NtDelayExecution+0x14;app!WndProc+0x20;user32!UserCallWinProcCheckWow+0x2f8;user32!_fnDWORD+0x2f;ntdll!KiUserCallbackDispatcher+0x24;"
        + "win32u!NtUserMessageCall+0x14;user32!SendMessageW+0xda;app!main+0x30;ntdll!RtlUserThreadStart+0x21";

    [TestMethod]
    public void The_same_frames_elsewhere_on_the_stack_are_read_once()
    {
        var cache = new ReadFramesCache();
        ThreadStack stack = WithAddresses(PrintedStack.Of(InCallback));

        ReadFrames first = cache.Of(stack);

        Assert.AreSame(first, cache.Of(stack with { Frames = [.. stack.Frames.Select(frame => frame with { StackPointer = frame.StackPointer + 0x1000 })] }));
    }

    [TestMethod]
    [DataRow("app!WndProc", "other!WndProc")]
    [DataRow("app!WndProc", "app!OnPaint")]
    [DataRow("app!WndProc+0x20", "app!WndProc+0x21")]
    [DataRow(";ntdll!RtlUserThreadStart+0x21", "")]
    public void Frames_that_differ_are_not(string part, string other)
    {
        var cache = new ReadFramesCache();
        ThreadStack stack = WithAddresses(PrintedStack.Of(InCallback));
        ThreadStack changed = WithAddresses(PrintedStack.Of(InCallback.Replace(part, other, StringComparison.Ordinal)));

        Assert.AreNotSame(cache.Of(stack), cache.Of(changed));
        Assert.AreNotSame(cache.Of(stack), cache.Of(stack with { Walk = WalkExtent.RawScan }));
    }

    [TestMethod]
    public void A_detector_that_saw_other_threads_finds_the_same_as_a_new_one()
    {
        var seasoned = new CallbackDetector(new UnknownProcess());
        foreach (Spelling spelling in Spelling.All)
        {
            for (int seed = 0; seed < 60; seed++)
            {
                ThreadStack stack = WithAddresses(new NestedStackGenerator(seed % 20, spelling).Build(seed % 4).Stack);
                stack = (seed / 20) switch
                {
                    0 => stack,
                    1 => stack with { IsHistoric = true },
                    _ => stack with { Walk = WalkExtent.RawScan },
                };

                Assert.AreEqual(Told(new CallbackDetector(new UnknownProcess()).Judge(stack)), Told(seasoned.Judge(stack)), $"{spelling.Name}, seed {seed}");
            }
        }
    }

    /// <summary>An address for each frame, the same wherever it stands: stacks begin alike, as those of a hung program do.</summary>
    private static ThreadStack WithAddresses(ThreadStack stack) => stack with
    {
        Walk = WalkExtent.Complete,
        Frames = [.. stack.Frames.Select((frame, i) => frame with { InstructionPointer = 0x7ff6_0000_1000 + (ulong)i, StackPointer = 0x1000 + ((ulong)i * 0x40) })],
    };

    private static string Told(ThreadFinding finding) => string.Join('\n', [
        string.Create(CultureInfo.InvariantCulture, $"{finding.Verdict} {finding.Depth} {finding.DepthIsMinimum} {finding.Confidence} {finding.Reason}"),
        $"{finding.BlockedIn} {finding.KernelFunction}",
        .. finding.Callbacks.Select(callback => callback.ToString()),
        .. finding.Disagreements,
        .. finding.Shapes.Select(shape => $"{shape.Name} {string.Join(' ', shape.Frames)}"),
    ]);
}
