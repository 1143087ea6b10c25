using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Scanning.Unwinding;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Scanning.Tests.Unwinding;

/// <summary>Walks lead through code that lies in no module, where somebody knows its unwind data, and name it where somebody knows its name.</summary>
[TestClass]
public sealed class GeneratedCodeWalkTests
{
    private const ulong Stack = 0x10_0000;
    private const ulong Code = 0x6800_0000;
    private const ulong Method = Code + 0x100;
    private const int Outer = 0x2100;
    private const ulong ReturnAddress = ImageWithUnwindData.Base + Outer + 0x10;

    [TestMethod]
    public void A_walk_leads_through_code_that_lies_in_no_module()
    {
        WalkResult walk = new X64StackWalker(Process(), new KnownCode()).Walk(Thread());

        Assert.AreEqual(WalkExtent.Complete, walk.Extent, walk.EndReason);
        Assert.AreSequenceEqual([Method + 0x50, ReturnAddress], walk.Frames.Select(frame => frame.InstructionPointer));
    }

    [TestMethod]
    public void Where_nobody_knows_the_code_the_walk_ends_there()
    {
        WalkResult walk = new X64StackWalker(Process()).Walk(Thread());

        Assert.AreEqual(WalkExtent.Truncated, walk.Extent);
        Assert.Contains("lies in no module", walk.EndReason!);
    }

    [TestMethod]
    public void Methods_are_named_and_told_as_managed()
    {
        ThreadStack walked = Walker(new KnownNames()).Walk(Thread());

        Assert.AreEqual(("App", "App.Form.OnPaint", 0x50UL), (walked.Frames[0].Module, walked.Frames[0].Function, walked.Frames[0].Displacement));
        Assert.AreEqual(new ManagedFrame(Stack, Method + 0x50, "App.Form.OnPaint", ManagedFrameKind.Method), walked.Managed!.Frames.Single());
        Assert.IsTrue(walked.Managed.IsComplete);
    }

    [TestMethod]
    public void A_thread_that_came_the_same_way_as_another_has_its_methods_too()
    {
        ImageWalker walker = Walker(new KnownNames());
        ThreadStack first = walker.Walk(Thread());

        ThreadStack second = walker.Walk(Thread());

        Assert.AreSequenceEqual(first.Managed!.Frames, second.Managed!.Frames);
        Assert.AreSequenceEqual(first.Frames, second.Frames);
    }

    [TestMethod]
    public void Without_names_nothing_is_told_as_managed() => Assert.IsNull(Walker(methods: null).Walk(Thread()).Managed);

    [TestMethod]
    public void From_the_dispatcher_of_Wine_a_walk_goes_on_at_the_call_that_was_interrupted()
    {
        // The method stands for the dispatcher, whose caller is the fake return address.
        ThreadStack thread = Thread(fakeReturn: 0xdead_babe);
        var callback = new CallbackFrame
        {
            Layout = CallbackLayout.WineX64,
            Address = Stack + 8,
            EntryInstructionPointer = ReturnAddress,
            OuterStackPointer = Stack + 0x20,
            Confidence = Confidence.High,
            ConfidenceReason = "Wine's",
        };

        WalkResult walk = new X64StackWalker(Process(), new KnownCode()).Walk(thread, [callback]);

        Assert.AreSequenceEqual([Method + 0x50, ReturnAddress], walk.Frames.Select(frame => frame.InstructionPointer), walk.EndReason);
        Assert.AreEqual(Stack + 0x20, walk.Frames[1].StackPointer);
        Assert.HasCount(2, new X64StackWalker(Process(), new KnownCode()).Walk(thread, [callback with { Layout = CallbackLayout.X64 }]).Frames, "no other layout has a fake return address, which lies in no module");
    }

    private static ImageWalker Walker(IMethodNames? methods)
    {
        IProcessView process = Process();
        return new ImageWalker(process, new FunctionStarts(process), new KnownCode(), methods);
    }

    /// <summary>An image with the outer function, and the unwind data of the method: it allocated 8 bytes.</summary>
    private static SyntheticProcess Process() => new ImageWithUnwindData()
        .WithFunction(Outer, Outer + 0x80, 0x3100, 1, 0, 0, 0)
        .ToProcess()
        .WithMemory(Code + 0x800, 1, 0, 1, 0, 0, 0x02);

    private static ThreadStack Thread(ulong fakeReturn = ReturnAddress) => new()
    {
        Thread = new ThreadIdentity(0),
        InstructionPointer = Method + 0x50,
        StackPointer = Stack,
        Registers = default(X64Registers),
        Memory = new StackMemory(Stack, new ulong[] { 0, fakeReturn, 0, 0, 0, 0 }.SelectMany(BitConverter.GetBytes).ToArray(), IsComplete: true),
    };

    private sealed class KnownCode : IGeneratedCode
    {
        private readonly GeneratedFunction _function = new(Code, 0x1000, [.. new uint[] { 0x100, 0x200, 0x800 }.SelectMany(BitConverter.GetBytes)]);

        public GeneratedFunction? FunctionAt(ulong address) => address is >= Method and < Method + 0x100 ? _function : null;
    }

    private sealed class KnownNames : IMethodNames
    {
        public ManagedMethod? MethodAt(ulong address) => address is >= Method and < Method + 0x100 ? new ManagedMethod("App", "App.Form.OnPaint", Method) : null;
    }
}
