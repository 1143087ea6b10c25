using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class MessageNameTests
{
    [TestMethod]
    [DataRow(0x0000u, "WM_NULL")]
    [DataRow(0x0002u, "WM_DESTROY")]
    [DataRow(0x000fu, "WM_PAINT")]
    [DataRow(0x001au, "WM_SETTINGCHANGE")]
    [DataRow(0x003du, "WM_GETOBJECT")]
    [DataRow(0x004eu, "WM_NOTIFY")]
    [DataRow(0x0082u, "WM_NCDESTROY")]
    [DataRow(0x0100u, "WM_KEYDOWN")]
    [DataRow(0x0112u, "WM_SYSCOMMAND")]
    [DataRow(0x0113u, "WM_TIMER")]
    [DataRow(0x0200u, "WM_MOUSEMOVE")]
    [DataRow(0x02e0u, "WM_DPICHANGED")]
    [DataRow(0x0400u, "WM_USER")]
    [DataRow(0x0412u, "WM_USER+0x12")]
    [DataRow(0x7fffu, "WM_USER+0x7bff")]
    [DataRow(0x8000u, "WM_APP")]
    [DataRow(0x8001u, "WM_APP+0x1")]
    [DataRow(0xbfffu, "WM_APP+0x3fff")]
    [DataRow(0xc0deu, "registered message 0xc0de")]
    [DataRow(0xffffu, "registered message 0xffff")]
    [DataRow(0x0004u, null)]
    [DataRow(0x03ffu, null)]
    [DataRow(0x10000u, null)]
    public void Every_number_has_its_public_name(uint number, string? expected) => Assert.AreEqual(expected, MessageNames.Of(number));
}
