using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Names;

/// <summary>Whether a symbol names the code at its address.</summary>
[TestClass]
public sealed class SymbolTests
{
    [TestMethod]
    [DataRow("NtWaitForSingleObject", 0x14, true, "ntdll!NtWaitForSingleObject", DisplayName = "inside a stub")]
    [DataRow("NtWaitForSingleObject", 0x5321, true, null, DisplayName = "far behind an export")]
    [DataRow("RtlpLongFunction", 0x5321, false, "ntdll!RtlpLongFunction", DisplayName = "far into a function that symbols name")]
    [DataRow(null, 0x14, false, null, DisplayName = "only the module is known")]
    public void An_export_names_no_more_than_a_stub(string? function, int displacement, bool isExport, string? expected) =>
        Assert.AreEqual(expected, SystemCallStub.FunctionAt(new Symbol("ntdll", function, (ulong)displacement, isExport)));
}
