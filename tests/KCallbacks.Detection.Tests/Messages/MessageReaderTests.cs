using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Messages;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Messages;

[TestClass]
public sealed class MessageReaderTests
{
    private const ulong Procedure = WindowsX64.App + 0x3000;
    private const uint Procedure32 = WindowsX86.App + 0x3000;

    private static readonly SyntheticProcess Process =
        new SyntheticProcess { Modules = [.. WindowsX64.Modules, .. WindowsX86.Modules] }
            .WithSymbol("app!MainWindowProc", Procedure32)
            .WithSymbol("app!MainWindowProc64", Procedure);

    [TestMethod]
    [DataRow("user32!_fnDWORD")]
    [DataRow("USER32!__fnDWORD")]
    [DataRow("user32!_fnNCDESTROY")]
    [DataRow("wow64win!whcbfnDWORD")]
    public void The_message_of_an_x64_callback_is_read(string routine)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls()
            .X64Callback(input: MessageInput.X64(0x0f, 0x1_0000_0001, 0xffff_ffff_ffff_fff0, Procedure)).Calls();

        Assert.AreEqual(
            new WindowMessage(0x0f, "WM_PAINT", 0x1_0000_0001, 0xffff_ffff_ffff_fff0, Procedure, "app!MainWindowProc64", "app+0x3000"),
            Read(builder, routine));
    }

    [TestMethod]
    [DataRow(CallbackLayout.X86Xp)]
    [DataRow(CallbackLayout.X86Vista)]
    [DataRow(CallbackLayout.X86Windows10)]
    public void The_message_of_a_native_x86_callback_is_read(CallbackLayout layout)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(layout, MessageInput.X86(0x412, 1, 0xffff_ffff, Procedure32)).Calls();

        Assert.AreEqual(new WindowMessage(0x412, "WM_USER+0x12", 1, 0xffff_ffff, Procedure32, "app!MainWindowProc", "app+0x3000"), Read(builder, "user32!__fnDWORD"));
    }

    [TestMethod]
    [DataRow(CallbackLayout.X86Windows10, false)]
    [DataRow(CallbackLayout.X86Vista, true)]
    public void The_message_of_a_WoW64_callback_is_read_also_where_81_writes_no_length(CallbackLayout layout, bool hasNoLength)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(layout, MessageInput.Wow64(2, 0, 0, Procedure32)).Calls();
        CallbackFrame frame = builder.Frames[0] with { InputLength = hasNoLength ? 0 : builder.Frames[0].InputLength };

        Assert.AreEqual(new WindowMessage(2, "WM_DESTROY", 0, 0, Procedure32, "app!MainWindowProc", "app+0x3000"),
            Read(builder.Build(), frame, "user32!__fnDWORD"));
    }

    [TestMethod]
    public void The_message_of_a_callback_under_Wine_is_read()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls()
            .WineCallback(apiNumber: 3, MessageInput.Wine(0x8001, 7, 9, Procedure)).Calls();

        Assert.AreEqual(new WindowMessage(0x8001, "WM_APP+0x1", 7, 9, Procedure, "app!MainWindowProc64", "app+0x3000"), Read(builder, "user32!User32CallWindowProc"));
    }

    [TestMethod]
    public void A_procedure_without_a_symbol_is_named_by_its_place()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(input: MessageInput.X64(1, 0, 0, Procedure + 1));

        WindowMessage? message = Read(builder, "user32!_fnDWORD");

        Assert.AreEqual(Procedure + 1, message?.WindowProcedure);
        Assert.AreEqual("app+0x3001", message?.WindowProcedureName);
    }

    [TestMethod]
    [DataRow("user32!_fnINLPCREATESTRUCT")]
    [DataRow("user32!_ClientLoadLibrary")]
    [DataRow(null)]
    public void Other_routines_arguments_are_not_guessed(string? routine) =>
        Assert.IsNull(Read(new CallbackStackBuilder().Calls().X64Callback(input: MessageInput.X64(1, 0, 0, Procedure)), routine));

    [TestMethod]
    public void Input_that_is_too_short_holds_no_message() =>
        Assert.IsNull(Read(new CallbackStackBuilder().Calls().X64Callback(input: new byte[0x28]), "user32!_fnDWORD"));

    [TestMethod]
    public void Input_behind_the_end_of_the_memory_is_not_read()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(input: MessageInput.X64(1, 0, 0, Procedure));
        CallbackFrame frame = builder.Frames[0];

        Assert.IsNull(Read(builder.Build(end: frame.InputBuffer + 0x20), frame, "user32!_fnDWORD"));
    }

    private static WindowMessage? Read(CallbackStackBuilder builder, string? routine) => Read(builder.Build(), builder.Frames[0], routine);

    private static WindowMessage? Read(ThreadStack stack, CallbackFrame frame, string? routine) =>
        new InputReader(Process).Read(new StackBytes(stack, Process), frame, routine).Message;
}
