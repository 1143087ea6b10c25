using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Tests.Names;

[TestClass]
public sealed class FunctionNameTests
{
    [TestMethod]
    [DataRow("KiUserCallbackDispatcher")]
    [DataRow("_KiUserCallbackDispatcher")]
    [DataRow("_KiUserCallbackDispatcher@12")]
    [DataRow("_KiUserCallbackDispatcher@12()")]
    [DataRow("_KiUserCallbackDispatcher@12-()")]
    [DataRow("_KiUserCallbackDispatcher@12\ufffd()")]
    [DataRow("@KiUserCallbackDispatcher@12")]
    [DataRow("#KiUserCallbackDispatcher")]
    [DataRow("KiUserCallbackDispatcher(void *, int)")]
    [DataRow("KiUserCallbackDispatcher<lambda>")]
    [DataRow("?KiUserCallbackDispatcher@@YAXXZ")]
    [DataRow("kiusercallbackdispatcher")]
    [DataRow(" KiUserCallbackDispatcher ")]
    [DataRow("KiUserCallbackDispatcher\u00a0")]
    public void Decoration_does_not_hide_a_name(string printed) =>
        Assert.IsTrue(FunctionName.Of(printed).Is("KiUserCallbackDispatcher"));

    [TestMethod]
    [DataRow("KiUserCallbackDispatcherHandler")]
    [DataRow("MyKiUserCallbackDispatcher")]
    [DataRow("KiUserApcDispatcher")]
    [DataRow("")]
    [DataRow("()")]
    public void Another_name_stays_another_name(string printed) =>
        Assert.IsFalse(FunctionName.Of(printed).Is("KiUserCallbackDispatcher"));

    [TestMethod]
    [DataRow("00007ffed62555b2()", true)]
    [DataRow("77d8010a()", true)]
    [DataRow("0x00007ff812345678", true)]
    [DataRow("00007ff8`12345678", true)]
    [DataRow("???", true)]
    [DataRow("", true)]
    [DataRow("decade", false)]
    [DataRow("deadbeef1", false)]
    [DataRow("\u51fd\u6570", false, DisplayName = "another script")]
    public void An_address_is_no_name(string printed, bool isNameless) =>
        Assert.AreEqual(isNameless, FunctionName.Of(printed).Word.IsEmpty);

    [TestMethod]
    [DataRow("_fnDWORD", 1)]
    [DataRow("__fnDWORD", 2)]
    [DataRow("___fnHkINLPMSG@4", 2)]
    [DataRow("_fnHkINLPCWPSTRUCTW@20", 0)]
    [DataRow("fnDWORD", 0)]
    [DataRow("___ClientCallWinEventProc@4-()", 2)]
    public void The_compilers_own_underscore_does_not_count(string printed, int expected) =>
        Assert.AreEqual(expected, FunctionName.Of(printed).Underscores);

    [TestMethod]
    [DataRow("NtUserGetMessage", true)]
    [DataRow("ZwUserGetMessage", true)]
    [DataRow("_NtUserCreateWindowEx@60", true)]
    [DataRow("ntusergetmessage", true)]
    [DataRow("NtdllDispatchMessage_W", false)]
    [DataRow("NtdllDefWindowProc_W", false)]
    [DataRow("Nt", false)]
    [DataRow("Network", false)]
    public void A_system_call_has_its_prefix(string printed, bool expected) =>
        Assert.AreEqual(expected, FunctionName.Of(printed).IsSystemService);

    [TestMethod]
    public void Nt_and_Zw_are_one_service()
    {
        Assert.IsTrue(FunctionName.Of("ZwCallbackReturn").IsService("CallbackReturn"));
        Assert.IsTrue(FunctionName.Of("_NtCallbackReturn@12").IsService("CallbackReturn"));
        Assert.IsFalse(FunctionName.Of("XyCallbackReturn").IsService("CallbackReturn"));
    }
}
