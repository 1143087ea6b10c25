using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Tests.Names;

[TestClass]
public sealed class RoutineNameTests
{
    [TestMethod]
    [DataRow("_fnDWORD")]
    [DataRow("__fnINOUTLPPOINT5")]
    [DataRow("___fnHkINLPMSG@4")]
    [DataRow("__ClientLoadLibrary")]
    [DataRow("_ClientImmProcessKey")]
    [DataRow("__ClientPrinterThunk")]
    [DataRow("__ClientCopyDDEIn1")]
    [DataRow("_fnSENTDDEMSG")]
    [DataRow("_fnIMECONTROL")]
    [DataRow("_xxxClientCallDelegateThread")]
    [DataRow("__xxxClientFreeWindowClassExtraBytes")]
    [DataRow("whcbfnHkINLPMSG")]
    [DataRow("whcbClientGetMessageMPH")]
    public void A_routine_is_certain_by_its_underscore_or_WoW64_prefix(string name) =>
        Assert.IsTrue(RoutineName.IsCertain(FunctionName.Of(name)));

    [TestMethod]
    [DataRow("fnHkINLPCWPSTRUCTW", true)]
    [DataRow("_fnHkINLPCWPSTRUCTW@20", true)]
    [DataRow("ClientThreadSetup", true)]
    [DataRow("ClientToScreen", false)]
    [DataRow("DispatchClientMessage", false)]
    [DataRow("GetScrollBarInfo", false)]
    [DataRow("UserCallWinProcCheckWow", false)]
    [DataRow("fnord", false)]
    public void A_helper_is_never_certain(string name, bool isLike)
    {
        Assert.IsFalse(RoutineName.IsCertain(FunctionName.Of(name)));
        Assert.AreEqual(isLike, RoutineName.IsLike(FunctionName.Of(name)));
    }
}
