using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class WaitReasonTests
{
    [TestMethod]
    [DataRow((byte)0, "Executive")]
    [DataRow((byte)6, "UserRequest")]
    [DataRow((byte)13, "WrUserRequest")]
    [DataRow((byte)15, "WrQueue")]
    [DataRow((byte)37, "WrAlertByThreadId")]
    [DataRow((byte)39, "WrPhysicalFault")]
    [DataRow((byte)200, "reason 200")]
    public void Reasons_have_the_names_of_wdm(byte reason, string name) => Assert.AreEqual(name, WaitReasons.NameOf(reason));
}
