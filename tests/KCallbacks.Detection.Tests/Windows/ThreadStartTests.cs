using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class ThreadStartTests
{
    [TestMethod]
    [DataRow("RtlUserThreadStart", true)]
    [DataRow("_RtlUserThreadStart", true)]
    [DataRow("BaseThreadInitThunk", true)]
    [DataRow("LdrInitializeThunk", true)]
    [DataRow("PspSystemThreadStartup", true)]
    [DataRow("DispatchMessageWorker", false)]
    [DataRow("RtlUserThreadStartOfTheApplication", false)]
    [DataRow(null, false)]
    public void A_frame_is_where_threads_start_by_its_name(string? function, bool expected) =>
        Assert.AreEqual(expected, new StackFrame("ntdll", function).IsThreadStart);
}
