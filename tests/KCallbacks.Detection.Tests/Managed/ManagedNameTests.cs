using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Managed;

/// <summary>Names of managed methods as runtimes give them.</summary>
[TestClass]
public sealed class ManagedNameTests
{
    [TestMethod]
    [DataRow("App.Form.OnPaint(System.Windows.Forms.PaintEventArgs)", "App.Form.OnPaint")]
    [DataRow("App.Program.<Main>$(System.String[])", "App.Program.<Main>$")]
    [DataRow("(dynamicClass).IL_STUB_ReversePInvoke(Int64, Int32)", "(dynamicClass).IL_STUB_ReversePInvoke")]
    [DataRow("App.Form..ctor()", "App.Form..ctor")]
    [DataRow("App.Form.OnPaint", "App.Form.OnPaint")]
    [DataRow("", "")]
    [DataRow("(", "(")]
    public void Parameters_are_left_out(string printed, string expected) => Assert.AreEqual(expected, ManagedName.WithoutParameters(printed));

    [TestMethod]
    [DataRow("ILStubClass.IL_STUB_ReversePInvoke", ManagedFrameKind.Stub)]
    [DataRow("(dynamicClass).IL_STUB_PInvoke", ManagedFrameKind.Stub)]
    [DataRow("DomainBoundILStubClass.IL_STUB_PInvoke", ManagedFrameKind.Stub)]
    [DataRow("App.Form.OnPaint", ManagedFrameKind.Method)]
    [DataRow("", ManagedFrameKind.Method)]
    public void Code_made_for_calls_is_told_apart(string name, ManagedFrameKind expected) => Assert.AreEqual(expected, ManagedName.KindOf(name));
}
