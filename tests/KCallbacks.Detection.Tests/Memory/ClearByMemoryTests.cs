using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Which threads are cleared by their memory alone, without registers, and which are looked at again.</summary>
[TestClass]
public sealed class ClearByMemoryTests
{
    private const ulong Slot = 0x40;
    private const ulong Sender = WindowsX64.User32 + 0x3000;
    private const ulong ReturnToSender = Sender + 0x50;

    private static readonly byte[] CallThroughRegister = [0x90, 0x90, 0x90, 0x90, 0x90, 0xff, 0xd0];

    [TestMethod]
    public void A_whole_stack_without_a_callback_frame_is_cleared() =>
        Assert.AreEqual(Verdict.None, Clear(new CallbackStackBuilder().Calls())?.Verdict);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_thread_is_cleared_with_the_words_it_is_judged_with(bool withRegisters)
    {
        ThreadStack thread = new CallbackStackBuilder().Calls().Build();
        ThreadStack given = withRegisters ? thread : WithoutRegisters(thread);

        ThreadFinding cleared = new CallbackDetector(Process()).TryProveNoCallback(given)!;

        ThreadFinding judged = new CallbackDetector(Process()).Judge(given);
        Assert.IsTrue(judged is { Callbacks.IsEmpty: true, Disagreements.IsEmpty: true, Shapes.IsEmpty: true });
        // Two empty arrays need not be equal.
        Assert.AreEqual(judged with { Callbacks = cleared.Callbacks, Disagreements = cleared.Disagreements, Shapes = cleared.Shapes }, cleared);
    }

    [TestMethod]
    public void A_callback_is_not_cleared() =>
        Assert.IsNull(Clear(new CallbackStackBuilder().Calls().X64Callback().Calls()));

    [TestMethod]
    public void A_frame_that_contradicts_itself_is_looked_at_again_with_the_registers()
    {
        CallbackStackBuilder stack = new CallbackStackBuilder().Calls().X64Callback().LeaveStale().Calls();

        Assert.IsNull(Clear(stack));
        Assert.IsNotNull(new CallbackDetector(Process()).TryProveNoCallback(stack.Build()));
    }

    [TestMethod]
    public void A_part_of_a_stack_is_not_cleared()
    {
        CallbackStackBuilder stack = new CallbackStackBuilder().Calls(0x800);

        Assert.IsNull(new CallbackDetector(Process()).TryProveNoCallback(WithoutRegisters(stack.Build(end: stack.StackPointer + 0x200))));
    }

    [TestMethod]
    [DataRow("user32!SendMessageWorker", false)]
    [DataRow("user32!GetMessageW", true)]
    public void A_stack_that_returns_to_a_sending_function_is_not_cleared(string function, bool isCleared)
    {
        SyntheticProcess process = Process().WithSymbol(function, Sender).WithFunctionStart(Sender, 0x100).WithMemory(ReturnToSender - 7, CallThroughRegister);

        Assert.AreEqual(isCleared, Clear(Returning(), process) is not null);
    }

    [TestMethod]
    [DataRow(new byte[] { 0x90, 0xe8, 1, 2, 3, 4 }, false, DisplayName = "call rel32")]
    [DataRow(new byte[] { 0xff, 0x15, 1, 2, 3, 4 }, false, DisplayName = "call [rip+disp32]")]
    [DataRow(new byte[] { 0xff, 0x93, 1, 2, 3, 4 }, false, DisplayName = "call [rbx+disp32]")]
    [DataRow(new byte[] { 0x90, 0x90, 0x90, 0xff, 0x50, 0x18 }, false, DisplayName = "call [rax+disp8]")]
    [DataRow(new byte[] { 0x90, 0x90, 0x90, 0x90, 0xff, 0xd7 }, false, DisplayName = "call rdi")]
    [DataRow(new byte[] { 0x90, 0x90, 0x90, 0x90, 0xff, 0x10 }, false, DisplayName = "call [rax]")]
    [DataRow(new byte[] { 0x48, 0x8b, 0xc8, 0x48, 0x8b, 0xd3 }, true, DisplayName = "mov")]
    [DataRow(new byte[] { 0xff, 0x25, 1, 2, 3, 4 }, true, DisplayName = "jmp [rip+disp32]")]
    [DataRow(new byte[0], false, DisplayName = "code that is not there")]
    public void A_word_that_lies_behind_no_call_is_no_return(byte[] code, bool isCleared)
    {
        SyntheticProcess process = Process().WithSymbol("user32!SendMessageWorker", Sender).WithFunctionStart(Sender, 0x100);
        if (code.Length > 0)
            process.WithMemory(ReturnToSender - 7, [0x90, .. code]);

        Assert.AreEqual(isCleared, Clear(Returning(), process) is not null);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(5)]
    public void Return_addresses_are_found_wherever_the_memory_begins(int below)
    {
        SyntheticProcess process = Process().WithSymbol("user32!SendMessageWorker", Sender).WithFunctionStart(Sender, 0x100).WithMemory(ReturnToSender - 7, CallThroughRegister);
        StackMemory memory = Returning().Build().Memory!;
        byte[] bytes = [.. new byte[below], .. memory.Bytes.Span];

        ThreadFinding? finding = new CallbackDetector(process).TryProveNoCallback(
            new ThreadStack { Thread = new ThreadIdentity(0), Memory = memory with { Address = memory.Address - (ulong)below, Bytes = bytes } });

        Assert.IsNull(finding);
    }

    private static SyntheticProcess Process() => WindowsX64.WithExports();

    private static CallbackStackBuilder Returning()
    {
        CallbackStackBuilder stack = new CallbackStackBuilder().Calls();
        return stack.Write(stack.StackPointer + Slot, ReturnToSender);
    }

    private static ThreadFinding? Clear(CallbackStackBuilder stack, SyntheticProcess? process = null) =>
        new CallbackDetector(process ?? Process()).TryProveNoCallback(WithoutRegisters(stack.Build()));

    private static ThreadStack WithoutRegisters(ThreadStack thread) => new() { Thread = thread.Thread, Memory = thread.Memory };
}
