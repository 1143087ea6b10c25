using System.Xml.Linq;
using KCallbacks.Build.Verbs;

namespace KCallbacks.Build.Tests;

[TestClass]
public sealed class TestCountTests
{
    private const int Success = 0;
    private const int SomeTestsFailed = 1;

    [TestMethod]
    [DataRow(5, 5, 5, Success, "5 passed, 0 failed")]
    [DataRow(5, 5, 3, SomeTestsFailed, "3 passed, 2 failed")]
    [DataRow(6, 5, 4, SomeTestsFailed, "4 passed, 1 failed, 1 skipped")]
    [DataRow(0, 0, 0, Success, "0 passed, 1 failed")]
    [DataRow(2, 0, 0, Success, "0 passed, 1 failed, 2 skipped")]
    [DataRow(5, 5, 5, SomeTestsFailed, "5 passed, 1 failed")]
    public void Results_are_counted(int total, int executed, int passed, int exitCode, string closingLine)
    {
        XElement results = XElement.Parse($"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed - passed}" /></ResultSummary>
            </TestRun>
            """);

        Assert.AreEqual(closingLine, TestCount.Of(results, exitCode).ToString());
    }

    [TestMethod]
    public void A_project_without_results_is_a_failure() =>
        Assert.AreEqual("0 passed, 1 failed", TestCount.Of(null, Success).ToString());

    [TestMethod]
    public void Counts_add_up() =>
        Assert.AreEqual("4 passed, 6 failed, 8 skipped", (new TestCount(1, 2, 3) + new TestCount(3, 4, 5)).ToString());
}
