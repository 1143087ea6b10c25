using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Judging;

/// <summary>Frames and stack memory of the same thread, in agreement and against each other.</summary>
[TestClass]
public sealed class CallbackJoinTests
{
    private static readonly StackFrame Wait = new("ntdll", "NtWaitForSingleObject", 0x14);
    private static readonly StackFrame Start = new("ntdll", "RtlUserThreadStart", 0x21);

    [TestMethod]
    public void Agreement_raises_the_confidence()
    {
        CallbackStackBuilder builder = OneCallback();
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, Dispatcher(builder.Frames[0], 0x24), Start);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual(Confidence.High, finding.Confidence);
        Assert.AreEqual(EvidenceSource.Both, finding.Callbacks[0].Evidence);
        Assert.AreEqual(1, finding.Callbacks[0].Frame);
        Assert.AreEqual(builder.Frames[0].Address, finding.Callbacks[0].Address);
        Assert.AreEqual(2, finding.Callbacks[0].ApiNumber);
        Assert.IsEmpty(finding.Disagreements);
    }

    [TestMethod]
    public void A_walk_that_ends_early_is_completed_from_memory()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(0x54).Calls().X64Callback(3).Calls().X64Callback(2).Calls();
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, Dispatcher(builder.Frames[0], 0x24), new(null, null, null, 0x58));

        Assert.AreEqual(3, finding.Depth);
        Assert.IsFalse(finding.DepthIsMinimum);
        CollectionAssert.AreEqual(new int?[] { 2, 3, 0x54 }, finding.Callbacks.Select(callback => callback.ApiNumber).ToArray());
        CollectionAssert.AreEqual(
            new[] { EvidenceSource.Both, EvidenceSource.Memory, EvidenceSource.Memory },
            finding.Callbacks.Select(callback => callback.Evidence).ToArray());
    }

    [TestMethod]
    public void A_callback_that_only_memory_shows_stands_in_the_order_of_the_stack()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(3).Calls().X64Callback(2).Calls();
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), new(null, null, null, 0x7ffb_1234_5678), Dispatcher(builder.Frames[1], 0x24), Start);

        Assert.AreEqual(2, finding.Depth);
        CollectionAssert.AreEqual(new int?[] { null, 1 }, finding.Callbacks.Select(callback => callback.Frame).ToArray());
        Assert.AreEqual(EvidenceSource.Memory, finding.Callbacks[0].Evidence);
    }

    [TestMethod]
    public void A_misnamed_dispatcher_is_found_by_memory_and_told()
    {
        CallbackStackBuilder builder = OneCallback();
        StackFrame misnamed = Dispatcher(builder.Frames[0], 0x3) with { Module = "KERNELBASE", Function = "_EH4_GlobalUnwind" };
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, misnamed, Start with { StackPointer = builder.Frames[0].OuterStackPointer });

        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual(1, finding.Callbacks[0].Frame);
        StringAssert.Contains(finding.Disagreements.Single(), "_EH4_GlobalUnwind");
    }

    [TestMethod]
    public void A_nameless_dispatcher_is_found_by_memory_without_a_contradiction()
    {
        CallbackStackBuilder builder = OneCallback();
        StackFrame nameless = Dispatcher(builder.Frames[0], 0x9fbf4) with { Function = null };
        ThreadFinding finding = Judge(builder, WindowsX64.WithoutSymbols(), Wait, nameless, Start);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(1, finding.Callbacks[0].Frame);
        Assert.IsEmpty(finding.Disagreements);
    }

    [TestMethod]
    [DataRow(0x12f_fe90ul, 1, DisplayName = "a walk that goes back")]
    [DataRow(0x12f_ff10ul, 1, DisplayName = "a walk that stays")]
    [DataRow(0x12f_ff90ul, 2, DisplayName = "a walk that goes on")]
    [DataRow(0ul, 2, DisplayName = "stack pointers are not printed")]
    public void A_dispatcher_that_a_looping_walk_comes_by_again_is_no_other_callback(ulong second, int depth)
    {
        ThreadStack stack = new()
        {
            Thread = new ThreadIdentity(0),
            Walk = WalkExtent.Truncated,
            Frames =
            [
                Wait with { StackPointer = 0x12f_fe00 },
                new("USER32", "__fnDWORD", 0x2b, 0, 0x12f_fe80),
                new("ntdll", "KiUserCallbackDispatcher", 0x4d, 0, 0x12f_ff10),
                new("USER32", "NtUserPeekMessage", 0xc, 0, 0x12f_ff14),
                new("USER32", "__fnDWORD", 0x2b, 0, second),
                new("ntdll", "KiUserCallbackDispatcher", 0x4d, 0, second),
                new("USER32", "NtUserPeekMessage", 0xc, 0, second),
            ],
        };

        ThreadFinding finding = new CallbackDetector(new UnknownProcess(Architecture.X86)).Judge(stack);

        Assert.AreEqual(depth, finding.Depth);
        Assert.AreEqual(depth == 1, finding.Disagreements.Any(sentence => sentence.Contains("again", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(null, Verdict.InCallback, DisplayName = "along EBP, without symbols of the program")]
    [DataRow("main", Verdict.None, DisplayName = "by symbols, which tell the size of each frame")]
    public void A_walk_of_x86_overrules_memory_only_where_symbols_name_its_frames(string? function, Verdict expected)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(CallbackLayout.X86Windows10, MessageInput.Wow64(0xf, 0, 0, WindowsX86.App)).CallsFromX86Routine();
        StackFrame[] walked =
        [
            Wait with { StackPointer = builder.StackPointer },
            new("app", function, 0x10, WindowsX86.App + 0x10, builder.StackPointer + 0x10),
            Start with { StackPointer = builder.Frames[0].OuterStackPointer },
        ];

        ThreadFinding finding = new CallbackDetector(WindowsX86.WithExports(CallbackLayout.X86Windows10))
            .Judge(builder.Build(WindowsX86.Ntdll + 0x9000) with { Frames = [.. walked], Walk = WalkExtent.Complete });

        Assert.AreEqual(expected, finding.Verdict, finding.Reason);
    }

    [TestMethod]
    public void What_a_trusted_walk_passes_without_a_dispatcher_is_left_over()
    {
        CallbackStackBuilder builder = OneCallback();
        StackFrame[] walked =
        [
            Wait with { StackPointer = builder.StackPointer },
            new("app", "main", 0x10, 0, builder.StackPointer + 0x20),
            Start with { StackPointer = builder.Frames[0].OuterStackPointer },
        ];
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), walked);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual(0, finding.Depth);
        StringAssert.Contains(finding.Disagreements.Single(), "does not pass it");
        Assert.AreEqual(new RejectedFrame(builder.Frames[0].Address, "the walk to the thread's start does not pass it"), finding.Rejected.Single());
    }

    [TestMethod]
    public void A_dispatcher_without_its_callback_frame_is_doubted_and_told()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls();
        StackFrame dispatcher = new("ntdll", "KiUserCallbackDispatcher", 0x24, 0, builder.StackPointer + 0x40);
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, dispatcher, Start);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Low, finding.Confidence);
        Assert.HasCount(1, finding.Disagreements);
    }

    [TestMethod]
    public void A_misnamed_frame_0_without_a_callback_frame_is_no_callback()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls();
        StackFrame misnamed = new("ntdll", "KiUserCallbackDispatcher", 0x42, 0, builder.StackPointer);
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), misnamed, new("app", "main", 0x10), Start);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.HasCount(1, finding.Disagreements);
    }

    [TestMethod]
    public void Another_system_call_in_memory_than_in_the_frames_is_told()
    {
        CallbackStackBuilder builder = OneCallback();
        var stub = new StackFrame("win32u", "NtUserGetMessage", 0x14, 0, builder.Frames[0].OuterStackPointer);
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, Dispatcher(builder.Frames[0], 0x24), stub, Start);

        StringAssert.Contains(finding.Disagreements.Single(), "NtUserGetMessage");
    }

    [TestMethod]
    public void Frames_without_stack_pointers_are_paired_from_the_innermost_outwards()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(3).Calls().X64Callback(2).Calls();
        ThreadFinding finding = Judge(builder, WindowsX64.WithExports(), Wait, new("ntdll", "KiUserCallbackDispatcherContinue"));

        Assert.AreEqual(2, finding.Depth);
        CollectionAssert.AreEqual(new[] { EvidenceSource.Both, EvidenceSource.Memory }, finding.Callbacks.Select(callback => callback.Evidence).ToArray());
    }

    [TestMethod]
    [DataRow(CallbackLayout.X86Xp)]
    [DataRow(CallbackLayout.X86Vista)]
    [DataRow(CallbackLayout.X86Windows10)]
    public void On_x86_the_printed_frame_pointer_finds_its_callback_frame(CallbackLayout layout)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(layout).Calls().X86Callback(layout).Calls();
        StackFrame[] walked =
        [
            .. builder.Frames.Select(frame => new StackFrame("ntdll_77890000", "KiUserCallbackDispatcher", 0x4d, 0, frame.Address - 4)),
            Start,
        ];
        ThreadFinding finding = Judge(builder, WindowsX86.WithExports(layout), [new("app", "WndProc", 0x3), .. walked]);

        Assert.AreEqual(2, finding.Depth);
        Assert.IsTrue(finding.Callbacks.All(callback => callback.Evidence == EvidenceSource.Both));
    }

    [TestMethod]
    public void Memory_read_whole_makes_a_none_of_a_walk_that_was_lost()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls();
        StackFrame[] lost = [Wait, new(null, null, null, 0x7ffb_1234_5678)];

        Assert.AreEqual(Verdict.None, Judge(builder, WindowsX64.WithExports(), lost).Verdict);
        Assert.AreEqual(Verdict.Unknown, PrintedStack.Judge("ntdll!NtWaitForSingleObject+0x14;0x7ffb12345678").Verdict);
    }

    private static CallbackStackBuilder OneCallback() => new CallbackStackBuilder().Calls().X64Callback(2).Calls();

    private static StackFrame Dispatcher(CallbackFrame frame, ulong displacement) =>
        new("ntdll", "KiUserCallbackDispatcher", displacement, 0, frame.Address);

    private static ThreadFinding Judge(CallbackStackBuilder builder, SyntheticProcess process, params StackFrame[] walked) =>
        new CallbackDetector(process).Judge(builder.Build() with { Frames = [.. walked], Walk = WalkExtent.Complete });
}
