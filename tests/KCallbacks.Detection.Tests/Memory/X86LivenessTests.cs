using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Whether x86 callbacks still run, and which routine they have, by what lies below their frames.</summary>
[TestClass]
public sealed class X86LivenessTests
{
    private const uint Procedure = WindowsX86.App + 0x3000;

    private static readonly SyntheticProcess Process = WindowsX86.WithExports(CallbackLayout.X86Windows10);

    [TestMethod]
    [DataRow(0x60u, "user32!__fnDWORD", "")]
    [DataRow(0x02u, "user32!__fnDWORD", "WM_DESTROY")]
    [DataRow(0x82u, "user32!__fnNCDESTROY", "WM_NCDESTROY")]
    public void A_routine_that_passed_on_its_whole_input_is_named_with_its_message(uint message, string routine, string name)
    {
        Callback callback = Judge(Live(MessageInput.Wow64(message, 1, 2, Procedure)).Calls().Build(WindowsX86.App)).Callbacks.Single();

        Assert.AreEqual(Confidence.Medium, callback.Confidence, callback.ConfidenceReason);
        Assert.AreEqual(routine, callback.Routine);
        Assert.AreEqual(message, callback.Message?.Number);
        Assert.AreEqual(Procedure, callback.Message?.WindowProcedure);
        if (name.Length > 0)
            Assert.AreEqual(name, callback.Message?.Name);
    }

    [TestMethod]
    [DataRow(0x2_0000u)]
    [DataRow(0x4342_4140u)]
    public void A_structure_that_is_passed_on_is_no_message(uint word)
    {
        Callback callback = Judge(Live(MessageInput.Wow64(word, 1, 2, Procedure)).Calls().Build(WindowsX86.App)).Callbacks.Single();

        Assert.IsNull(callback.Routine);
        Assert.IsNull(callback.Message);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_thread_in_a_system_call_that_the_routine_may_have_made_is_not_taken_for_one_that_left_it(bool isFastCall)
    {
        CallbackStackBuilder builder = Entered(MessageInput.Wow64(0xf, 1, 2, Procedure)).Calls(0x40);
        builder.Write(builder.StackPointer, isFastCall ? WindowsX86.Ntdll + 0x7000 : WindowsX86.User32 + 0x7000);
        builder.Write(builder.StackPointer + 4, WindowsX86.User32 + 0x8000);

        Assert.AreEqual(Verdict.InCallback, Judge(builder.Build(WindowsX86.Ntdll + 0x9000)).Verdict);
    }

    [TestMethod]
    [DataRow(0x3cu)]
    [DataRow(0x40u)]
    [DataRow(0x44u)]
    public void It_does_not_matter_where_the_routine_of_a_build_calls(uint distance)
    {
        CallbackStackBuilder builder = Entered(MessageInput.Wow64(0x10, 0, 0, Procedure)).CallsFromX86Routine(distance: distance);

        Assert.AreEqual("user32!__fnDWORD", Judge(builder.Calls().Build(WindowsX86.App)).Callbacks.Single().Routine);
    }

    [TestMethod]
    [DataRow(13u, 0x24, "user32!__fnHkINLPKBDLLHOOKSTRUCT")]
    [DataRow(14u, 0x28, "user32!__fnHkINLPMSLLHOOKSTRUCT")]
    [DataRow(13u, 0x28, null)]
    [DataRow(2u, 0x24, null)]
    public void A_hook_is_named_by_its_kind_and_the_length_of_its_input(uint kind, int length, string? routine)
    {
        byte[] input = new byte[length];
        BitConverter.TryWriteBytes(input, kind << 16);
        BitConverter.TryWriteBytes(input.AsSpan(4), 0x100u);
        BitConverter.TryWriteBytes(input.AsSpan(8), Procedure);

        Callback callback = Judge(Entered(input).CallsFromX86Routine(passed: 2).Calls().Build(WindowsX86.App)).Callbacks.Single();

        Assert.AreEqual(routine, callback.Routine);
        Assert.AreEqual(Confidence.Medium, callback.Confidence);
    }

    [TestMethod]
    public void A_routine_that_has_called_NtCallbackReturn_is_over()
    {
        ThreadFinding finding = Judge(Live(MessageInput.Wow64(0x10, 0, 0, Procedure)).ReturnsFromX86Routine().Calls().Build(WindowsX86.App));

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
        StringAssert.Contains(finding.Reason, "has called NtCallbackReturn");
    }

    [TestMethod]
    public void A_routine_that_is_just_returning_is_not_over()
    {
        CallbackStackBuilder builder = Live(MessageInput.Wow64(0x10, 0, 0, Procedure)).ReturnsFromX86Routine();
        ThreadStack thread = builder.Build(WindowsX86.CallbackReturn + 0x0c);

        Assert.AreEqual(Verdict.AtReturn, Judge(From(thread, builder.Frames[0].Address - 0x30)).Verdict);
    }

    [TestMethod]
    public void A_call_with_other_arguments_than_a_message_routine_passes_on_is_not_believed()
    {
        CallbackStackBuilder builder = Live(MessageInput.Wow64(0x10, 0, 0, Procedure));
        builder.Write(builder.StackPointer + 8, 0x1234u);

        Assert.AreEqual(Confidence.Low, Judge(builder.Calls().Build(WindowsX86.App)).Confidence);
    }

    [TestMethod]
    public void The_form_of_a_frame_alone_is_not_believed() =>
        Assert.AreEqual(Confidence.Low, Judge(Entered(MessageInput.Wow64(0x10, 0, 0, Procedure)).Calls().Build(WindowsX86.App)).Confidence);

    [TestMethod]
    public void The_chain_of_frame_pointers_confirms_a_frame()
    {
        CallbackStackBuilder builder = Entered(new byte[0x30]);
        ulong inner = builder.Frames[0].Address - 0x100;
        builder.Write(inner, (uint)builder.Frames[0].Address - 4).Write(inner + 4, WindowsX86.App + 0x2000);
        builder.Write(builder.Frames[0].Address - 4, (uint)builder.Base - 0x20);

        Assert.AreEqual(Confidence.Medium, Judge(builder.Calls(0x200).Build(WindowsX86.App) with { FramePointer = inner }).Confidence);
    }

    [TestMethod]
    public void A_frame_that_the_chain_of_frame_pointers_passes_by_is_left_over()
    {
        CallbackStackBuilder builder = Entered(new byte[0x30]);
        ulong inner = builder.Frames[0].Address - 0x100;
        ulong outer = builder.Base - 0x20;
        builder.Write(inner, (uint)outer).Write(inner + 4, WindowsX86.App + 0x2000).Write(outer, 0u).Write(outer + 4, WindowsX86.Ntdll + 0x6_0000);

        ThreadFinding finding = Judge(builder.Calls(0x200).Build(WindowsX86.App) with { FramePointer = inner });

        Assert.AreEqual(Verdict.None, finding.Verdict);
        StringAssert.Contains(finding.Reason, "chain of frame pointers");
    }

    [TestMethod]
    public void A_left_over_frame_whose_record_leads_out_of_the_stack_takes_no_live_frame_with_it()
    {
        CallbackStackBuilder builder = Live(MessageInput.Wow64(0x4e, 1, 2, Procedure)).Calls();
        builder.X86Callback(CallbackLayout.X86Windows10, MessageInput.Wow64(0x2b, 1, 2, Procedure));
        ulong noRecord = builder.Frames[0].Address + 0x80;
        builder.Write(builder.Frames[0].Address + 0x0c, (uint)noRecord).Write(noRecord, 0xd943_cfe4).Write(noRecord + 4, 0u);

        MemoryEvidence evidence = new CallbackFrameFinder(Process).Examine(builder.Calls().Build(WindowsX86.App));

        Assert.HasCount(2, evidence.Frames);
    }

    [TestMethod]
    public void A_left_over_frame_whose_chain_ends_takes_no_live_frame_with_it()
    {
        CallbackStackBuilder builder = Live(MessageInput.Wow64(0x4e, 1, 2, Procedure)).Calls();
        builder.X86Callback(CallbackLayout.X86Windows10, MessageInput.Wow64(0x2b, 1, 2, Procedure));
        builder.Write(builder.Frames[0].Address + 0x0c, uint.MaxValue);

        ThreadFinding finding = Judge(builder.Calls().Build(WindowsX86.App));

        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual(builder.Frames[1].Address, finding.Callbacks.Single().Address);
    }

    [TestMethod]
    public void On_8_1_where_the_length_is_0_the_arguments_tell_the_routine()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Vista, MessageInput.Wow64(0x10, 3, 4, Procedure));
        builder.Write(builder.Frames[0].Address + 8, 0u).CallsFromX86Routine(distance: 0x40);

        Callback callback = new CallbackDetector(WindowsX86.WithExports(CallbackLayout.X86Vista)).Judge(builder.Calls().Build(WindowsX86.App)).Callbacks.Single();

        Assert.AreEqual("user32!__fnDWORD", callback.Routine);
        Assert.AreEqual("WM_CLOSE", callback.Message?.Name);
    }

    [TestMethod]
    public void On_XP_a_call_of_the_routine_makes_of_the_weak_form_a_proof()
    {
        byte[] input = new byte[0x18];
        uint[] words = [0x0123_4560, 0x10, 3, 4, Procedure, WindowsX86.Ntdll + 0x1000];
        Buffer.BlockCopy(words, 0, input, 0, input.Length);
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Xp, input).CallsFromX86Routine(passed: 5);

        ThreadFinding finding = new CallbackDetector(WindowsX86.WithoutSymbols(2600)).Judge(builder.Calls().Build(WindowsX86.App));

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual("user32!__fnDWORD", finding.Callbacks.Single().Routine);
        Assert.AreEqual("WM_CLOSE", finding.Callbacks.Single().Message?.Name);
    }

    private static CallbackStackBuilder Entered(byte[] input) =>
        new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Windows10, input);

    private static CallbackStackBuilder Live(byte[] input) => Entered(input).CallsFromX86Routine();

    private static ThreadFinding Judge(ThreadStack thread) => new CallbackDetector(Process).Judge(thread);

    private static ThreadStack From(ThreadStack thread, ulong stackPointer) => thread with { StackPointer = stackPointer, Memory = thread.Memory!.From(stackPointer) };
}
