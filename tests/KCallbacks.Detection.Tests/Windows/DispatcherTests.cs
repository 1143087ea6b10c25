using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class DispatcherTests
{
    [TestMethod]
    [DataRow("KiUserCallbackDispatcher", 0x13, "ReturnDisplacement", DisplayName = "x86 2000 to 2003")]
    [DataRow("KiUserCallbackDispatcher", 0x2e, "ReturnDisplacement", DisplayName = "x86 Vista, 7")]
    [DataRow("KiUserCallbackDispatcher", 0x2d, "ReturnDisplacement", DisplayName = "x86 Vista, 7: the call, not the return")]
    [DataRow("KiUserCallbackDispatcher", 0x36, "ReturnDisplacement", DisplayName = "x86 8.1, 14393")]
    [DataRow("KiUserCallbackDispatcher", 0x4d, "ReturnDisplacement", DisplayName = "x86 15063 and later")]
    [DataRow("KiUserCallbackDispatcher", 0x1f, "ReturnDisplacement", DisplayName = "x64 7, 8.1")]
    [DataRow("KiUserCallbackDispatcher", 0x24, "ReturnDisplacement", DisplayName = "x64 10, 11")]
    [DataRow("KiUserCallbackDispatcher", 0xc3, "ReturnDisplacement", DisplayName = "Wine 8: return of the routine")]
    [DataRow("KiUserCallbackDispatcher", 0xcf, "ReturnDisplacement", DisplayName = "Wine 8: return of NtCallbackReturn")]
    [DataRow("KiUserCallbackDispatcher", 0x42, "OtherDisplacement")]
    [DataRow("KiUserCallbackDispatcher", 0x100, "OtherDisplacement")]
    [DataRow("KiUserCallbackDispatcher", 0x101, "No", DisplayName = "beyond the function")]
    [DataRow("KiUserCallbackDispatcher", null, "NameOnly")]
    [DataRow("KiUserCallbackDispatcher", 0x0, "NameOnly")]
    [DataRow("KiUserCallbackDispatch", null, "NameOnly")]
    [DataRow("KiUserCallbackDispatcherContinue", null, "ReturnLabel")]
    [DataRow("KiUserCallbackDispatcherContinue", 0x0, "ReturnLabel")]
    [DataRow("KiUserCallbackDispatcherReturn", null, "ReturnLabel", DisplayName = "ARM64")]
    [DataRow("KiUserCallbackDispatcherContinue", 0x41, "No", DisplayName = "beyond the label's code")]
    [DataRow("LdrDelegatedKiUserCallbackDispatcher", 0x24, "ReturnDisplacement")]
    [DataRow("KiUserCallbackDispatcherHandler", 0x24, "No")]
    [DataRow("KiUserCallbackExceptionHandler", 0x24, "No")]
    [DataRow("KiUserApcDispatcher", 0x2e, "No")]
    [DataRow("KiUserExceptionDispatcher", 0x2e, "No")]
    [DataRow("KiUserCallForwarder", 0x24, "No")]
    [DataRow("Wow64KiUserCallbackDispatcher", 0x204, "No")]
    public void The_dispatcher_is_known_by_name_and_displacement(string name, int? displacement, string expected) =>
        Assert.AreEqual(expected, Dispatcher.Fit(FunctionName.Of(name), (ulong?)displacement).ToString());
}
