using System.Buffers.Binary;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Messages;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Messages;

/// <summary>What callbacks hand to hook, WinEvent and enumeration procedures.</summary>
[TestClass]
public sealed class DeliveryTests
{
    private const ulong Procedure = WindowsX64.App + 0x3000;
    private const ulong Thunk = WindowsX64.User32 + 0x1234;
    private const uint Procedure32 = WindowsX86.App + 0x3000;
    private const uint Thunk32 = WindowsX86.User32 + 0x1234;

    private static readonly SyntheticProcess Process =
        new SyntheticProcess { Modules = [.. WindowsX64.Modules, .. WindowsX86.Modules] }.WithSymbol("app!HookProc", Procedure);

    [TestMethod]
    public void A_low_level_keyboard_hook_tells_message_and_key()
    {
        byte[] input = Words(13u << 16, 0x100, Procedure, Thunk, 0x1e_0000_0041, 0x12_0000_0001, 0);

        Delivery? delivery = ReadX64(input, "user32!_fnHkINLPKBDLLHOOKSTRUCT");

        Assert.AreEqual("WH_KEYBOARD_LL WM_KEYDOWN", delivery?.Text);
        Assert.AreEqual(Procedure, delivery!.Procedure);
        Assert.AreEqual("app!HookProc", delivery.ProcedureName);
        Assert.AreEqual(0x41ul, ValueOf(delivery, "vkCode"));
        Assert.AreEqual(0x1eul, ValueOf(delivery, "scanCode"));
        Assert.AreEqual(0x100ul, ValueOf(delivery, "wParam"));
    }

    [TestMethod]
    public void In_a_32_bit_process_too()
    {
        byte[] input = Words32((13 << 16) | 0, 0x104, Procedure32, Thunk32, 0x12, 0x38, 0x20, 5, 0);

        Delivery? delivery = ReadX86(input, "user32!__fnHkINLPKBDLLHOOKSTRUCT");

        Assert.AreEqual("WH_KEYBOARD_LL WM_SYSKEYDOWN", delivery?.Text);
        Assert.AreEqual("app+0x3000", delivery!.ProcedureName);
        Assert.AreEqual(0x38ul, ValueOf(delivery, "scanCode"));
    }

    [TestMethod]
    [DataRow("user32!_fnHkINLPMSLLHOOKSTRUCT", 14, 0, 0x201, "WH_MOUSE_LL WM_LBUTTONDOWN")]
    [DataRow("user32!_fnHkINLPMOUSEHOOKSTRUCTEX", 7, 0, 0x200, "WH_MOUSE WM_MOUSEMOVE")]
    [DataRow("user32!_fnHkINDWORD", 2, 0, 0x41, "WH_KEYBOARD key 0x41")]
    [DataRow("user32!_fnHkINDWORD", 10, 1, 0x41, "WH_SHELL HSHELL_WINDOWCREATED")]
    [DataRow("user32!_fnHkINDWORD", 5, 9, 0x41, "WH_CBT HCBT_SETFOCUS")]
    [DataRow("user32!_fnHkINDWORD", 11, 0, 0, "WH_FOREGROUNDIDLE HC_ACTION")]
    [DataRow("user32!_fnHkINDWORD", 5, 0x77, 0, "WH_CBT code 0x77")]
    public void A_hook_is_named_by_its_type_and_what_it_is_called_for(string routine, int type, int code, int wParam, string text) =>
        Assert.AreEqual(text, ReadX64(Words(((uint)type << 16) | (uint)code, (ulong)wParam, Procedure, Thunk, 0, 7, 8, 9, 10, 11), routine)?.Text);

    [TestMethod]
    public void A_message_hook_tells_the_message()
    {
        // MSG: window, message, parameters ...
        byte[] input = Words(3u << 16, 1, Procedure, Thunk, 0x10042, 0x113, 5, 6, 7, 8, 0);

        Assert.AreEqual("WH_GETMESSAGE WM_TIMER", ReadX64(input, "user32!_fnHkINLPMSG")?.Text);
    }

    [TestMethod]
    public void A_message_filter_has_a_negative_type()
    {
        byte[] input = Words(0xffff_0002, 0, Procedure, Thunk, 0x10042, 0x200, 5, 6, 7, 8, 0);

        Assert.AreEqual("WH_MSGFILTER MSGF_MENU WM_MOUSEMOVE", ReadX64(input, "user32!_fnHkINLPMSG")?.Text);
    }

    [TestMethod]
    public void A_WinEvent_tells_its_event_and_object()
    {
        byte[] input = Words(Procedure, 0x20_0033, 0x8005, 0x10042, 0x0000_0001_ffff_fffc, 0x1234);

        Delivery? delivery = ReadX64(input, "user32!_ClientCallWinEventProc");

        Assert.AreEqual("EVENT_OBJECT_FOCUS", delivery?.Text);
        Assert.AreEqual("app!HookProc", delivery!.ProcedureName);
        Assert.AreEqual(0xffff_fffcul, ValueOf(delivery, "idObject"));
        Assert.AreEqual(1ul, ValueOf(delivery, "idChild"));
        Assert.AreEqual(0x1234ul, ValueOf(delivery, "idEventThread"));
    }

    [TestMethod]
    public void An_enumeration_of_monitors_tells_the_monitor()
    {
        byte[] input = Words(0x10001, 0, 0, 0x438_0000_0780, 0x77, Procedure);

        Delivery? delivery = ReadX64(input, "user32!_ClientMonitorEnumProc");

        Assert.AreEqual("monitor 0x10001", delivery?.Text);
        Assert.AreEqual(0x780ul, ValueOf(delivery!, "right"));
        Assert.AreEqual(0x438ul, ValueOf(delivery!, "bottom"));
        Assert.AreEqual(0x77ul, ValueOf(delivery!, "dwData"));
    }

    [TestMethod]
    [DataRow(15u, DisplayName = "a type that is none")]
    [DataRow(0x7fffu, DisplayName = "a type far off")]
    public void What_is_no_hook_is_not_named(uint type) =>
        Assert.IsNull(ReadX64(Words(type << 16, 0x100, Procedure, Thunk, 0, 0, 0), "user32!_fnHkINLPKBDLLHOOKSTRUCT"));

    [TestMethod]
    public void A_procedure_called_through_a_stranger_contradicts_the_routine() =>
        Assert.IsNull(ReadX64(Words(13u << 16, 0x100, Procedure, WindowsX64.App + 0x10, 0, 0, 0), "user32!_fnHkINLPKBDLLHOOKSTRUCT"));

    [TestMethod]
    public void A_form_that_nobody_saw_needs_its_thunk()
    {
        // WoW64: window's pointer of 8 bytes, message, wParam, RECT, procedure, thunk
        byte[] proved = Words32(0x10042, 0, 0x214, 1, 10, 20, 30, 40, Procedure32, Thunk32);
        byte[] random = Words32(0x10042, 0, 0x214, 1, 10, 20, 30, 40, Procedure32, 0x1122_3344);

        Assert.AreEqual("WM_SIZING", MessageOf(proved)?.Name);
        Assert.IsNull(MessageOf(random));

        static WindowMessage? MessageOf(byte[] input) => Read(
            new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Windows10, input).Calls(), "user32!__fnINOUTLPRECT").Message;
    }

    [TestMethod]
    public void Of_two_forms_the_one_whose_thunk_fits_counts()
    {
        // 22000's COMBOBOXINFO is 0x20 bytes longer
        byte[] input = new byte[0x88];
        BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(8), 0x164);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(0x78), Procedure);
        BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(0x80), Thunk);

        WindowMessage? message = Read(new CallbackStackBuilder().Calls().X64Callback(input: input).Calls(), "user32!_fnOUTLPCOMBOBOXINFO").Message;

        Assert.AreEqual("app!HookProc", message?.WindowProcedureName);
    }

    [TestMethod]
    public void A_structure_that_is_missing_is_a_null_pointer()
    {
        byte[] without = Words(0x10042, 0x118, 3, 0, Procedure, Thunk, 1, 2, 3, 4, 5, 6);
        byte[] with = Words(0x10042, 0x118, 3, 1, Procedure, Thunk, 1, 2, 3, 4, 5, 6);
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(input: with).Calls();

        Assert.AreEqual(builder.Frames[0].InputBuffer + 0x30, Read(builder, "user32!_fnDWORDOPTINLPMSG").Message?.LParam);
        Assert.AreEqual(0ul, Read(new CallbackStackBuilder().Calls().X64Callback(input: without).Calls(), "user32!_fnDWORDOPTINLPMSG").Message?.LParam);
    }

    private static ulong? ValueOf(Delivery delivery, string name) => delivery.Values.First(value => value.Name == name).Value;

    private static Delivery? ReadX64(byte[] input, string routine) => Read(new CallbackStackBuilder().Calls().X64Callback(input: input).Calls(), routine).Delivery;

    private static Delivery? ReadX86(byte[] input, string routine) =>
        Read(new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Windows10, input).Calls(), routine).Delivery;

    private static (WindowMessage? Message, Delivery? Delivery) Read(CallbackStackBuilder builder, string routine)
    {
        ThreadStack stack = builder.Build();
        return new InputReader(Process).Read(new StackBytes(stack, Process), builder.Frames[0], routine);
    }

    private static byte[] Words(params ulong[] words) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<ulong>(words).ToArray();

    private static byte[] Words32(params uint[] words) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(words).ToArray();
}
