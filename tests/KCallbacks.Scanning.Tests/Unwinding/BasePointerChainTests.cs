using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Scanning.Unwinding;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Scanning.Tests.Unwinding;

/// <summary>Where nobody has unwind data of code that a .NET runtime made, base pointers lead on, and what they lead to is told as a guess.</summary>
[TestClass]
public sealed class BasePointerChainTests
{
    private const ulong Stack = 0x10_0000;
    private const ulong Code = 0x6800_0000;
    private const ulong Method = Code + 0x150;
    private const int Inner = 0x2000;
    private const int Outer = 0x2100;
    private const ulong Link = Stack + 0x28;
    private const ulong ReturnAddress = ImageWithUnwindData.Base + Outer + 0x10;

    [TestMethod]
    public void Base_pointers_lead_through_a_method_that_nobody_knows()
    {
        ThreadStack walked = Walker().Guess(Thread(Link, ReturnAddress), default)!;

        Assert.AreSequenceEqual([ImageWithUnwindData.Base + Inner + 0x20, Method, ReturnAddress], walked.Frames.Select(frame => frame.InstructionPointer));
        Assert.AreEqual(Link + 0x10, walked.Frames[2].StackPointer);
        Assert.AreEqual(MissingFrames.Between, walked.Missing, "frames may be left out");
    }

    [TestMethod]
    public void What_they_lead_to_proves_the_absence_of_callbacks_with_low_confidence_only()
    {
        SyntheticProcess process = Process("coreclr");
        ThreadStack walked = Walker(process).Guess(Thread(Link, ReturnAddress), default)!;

        ThreadFinding finding = new CallbackDetector(process).Judge(walked with { Memory = null });

        Assert.IsTrue(finding.Verdict is Verdict.Unknown or Verdict.None, finding.Reason);
        Assert.AreEqual(Confidence.Low, finding.Confidence);
    }

    [TestMethod]
    [DataRow(Stack - 0x10, ReturnAddress, DisplayName = "below the stack pointer")]
    [DataRow(Stack + 0x2_0000, ReturnAddress, DisplayName = "too far away")]
    [DataRow(Link, ReturnAddress + 0x20, DisplayName = "after no call")]
    [DataRow(Link, 0x1234UL, DisplayName = "to memory that cannot be read")]
    [DataRow(Link + 4, ReturnAddress, DisplayName = "not aligned")]
    public void A_base_pointer_that_leads_nowhere_is_not_followed(ulong link, ulong returnAddress) =>
        Assert.IsNull(Walker().Guess(Thread(link, returnAddress), default));

    [TestMethod]
    public void Where_the_process_has_no_runtime_nothing_is_guessed() =>
        Assert.IsNull(Walker(Process("v8")).Guess(Thread(Link, ReturnAddress), default));

    [TestMethod]
    public void A_plain_walk_does_not_follow_them()
    {
        ThreadStack walked = Walker().Walk(Thread(Link, ReturnAddress));

        Assert.AreEqual(WalkExtent.Truncated, walked.Walk);
        Assert.Contains("lies in no module", walked.WalkEnd!);
    }

    [TestMethod]
    public void A_chain_of_base_pointers_that_points_at_itself_ends()
    {
        // The method's frame leads to the method again, whose base pointer is the same.
        ThreadStack thread = Thread(Link, Method) with { Memory = Memory((1, Method), (5, Link), (6, Method)) };

        Assert.IsNull(Walker(Process("coreclr").WithMemory(Method - 7, 0, 0, 0xe8, 0, 0, 0, 0)).Guess(thread, default));
    }

    [TestMethod]
    public void From_the_dispatcher_of_Wine_a_walk_goes_on_at_the_caller_where_nothing_shows_the_system_call()
    {
        // The inner function stands for the dispatcher, whose caller is the fake return address.
        ThreadStack thread = Thread(0, 0) with { Memory = Memory((1, 0xdead_babe), (4, ReturnAddress)) };
        var callback = new CallbackFrame
        {
            Layout = CallbackLayout.WineX64,
            Address = Stack + 8,
            OuterStackPointer = Stack + 0x20,
            Confidence = Confidence.High,
            ConfidenceReason = "Wine's",
        };

        WalkResult walk = new X64StackWalker(Process("coreclr")).Walk(thread, [callback]);

        Assert.AreEqual(WalkExtent.Complete, walk.Extent, walk.EndReason);
        Assert.AreEqual((ReturnAddress, Stack + 0x28), (walk.Frames[1].InstructionPointer, walk.Frames[1].StackPointer));
        Assert.HasCount(1, new X64StackWalker(Process("coreclr")).Walk(thread, [callback with { OuterStackPointer = 0 }]).Frames.Skip(1), "nothing shows where it goes on");
    }

    private static ImageWalker Walker(SyntheticProcess? process = null)
    {
        process ??= Process("coreclr");
        return new ImageWalker(process, new FunctionStarts(process));
    }

    /// <summary>An image with two functions, of which the inner one allocated 8 bytes and the outer one called the method.</summary>
    private static SyntheticProcess Process(string runtime)
    {
        SyntheticProcess image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x80, 0x3000, 1, 0, 1, 0, 0, 0x02)
            .WithFunction(Outer, Outer + 0x80, 0x3100, 1, 0, 0, 0)
            .WithBytes(Outer + 0x10 - 5, 0xe8)
            .ToProcess();
        byte[] bytes = new byte[0x4000];
        image.TryRead(ImageWithUnwindData.Base, bytes);
        return new SyntheticProcess { Modules = [.. image.Modules, new Module(runtime, 0x7ff7_0000_0000, 0x1000)] }.WithMemory(ImageWithUnwindData.Base, bytes);
    }

    private static ThreadStack Thread(ulong link, ulong returnAddress) => new()
    {
        Thread = new ThreadIdentity(0),
        InstructionPointer = ImageWithUnwindData.Base + Inner + 0x20,
        StackPointer = Stack,
        Registers = new X64Registers { Rbp = link },
        Memory = Memory((1, Method), (6, returnAddress)),
    };

    private static StackMemory Memory(params ReadOnlySpan<(int Index, ulong Value)> words)
    {
        ulong[] stack = new ulong[12];
        foreach ((int index, ulong value) in words)
            stack[index] = value;
        return new StackMemory(Stack, stack.SelectMany(BitConverter.GetBytes).ToArray(), IsComplete: true);
    }
}
