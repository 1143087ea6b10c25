using KCallbacks.Detection.Windows;

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
        Assert.AreEqual(expected, ThreadStarts.Has(function));

    [TestMethod]
    [DataRow("RtlUserThreadStart", true)]
    [DataRow("LdrInitializeThunk", true)]
    [DataRow("KiThreadStartup", true)]
    [DataRow("BaseThreadInitThunk", false, DisplayName = "without symbols ntdll's start has the name of an export")]
    [DataRow("Wow64LdrpInitialize", false, DisplayName = "called by the loader")]
    [DataRow("main", false)]
    public void Nothing_stands_further_out_than_some_starts(string function, bool expected) =>
        Assert.AreEqual(expected, ThreadStarts.HasOutermost(function));
}
