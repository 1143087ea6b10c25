using System.Globalization;
using System.Xml.Linq;

namespace KCallbacks.Build.Verbs;

/// <summary>Tests counted. A project that ran none, or died, counts as one failure: silence must not look like success.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Complaint">What is wrong beside the tests themselves; null when nothing is.</param>
internal sealed record TestCount(int Passed, int Failed, int Skipped, string? Complaint = null)
{
    public static TestCount None { get; } = new(0, 0, 0);

    public static TestCount operator +(TestCount left, TestCount right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Counts one project.</summary>
    /// <param name="results">What <c>dotnet test</c> wrote with its trx logger; null when it wrote nothing.</param>
    /// <param name="exitCode">What <c>dotnet test</c> ended with.</param>
    public static TestCount Of(XElement? results, int exitCode)
    {
        if (results is null)
            return new TestCount(0, 1, 0, $"no results; dotnet test ended with {exitCode}");
        XElement counters = results.Descendants().Single(element => element.Name.LocalName == "Counters");
        int total = Number(counters, "total"), executed = Number(counters, "executed"), passed = Number(counters, "passed");
        int failed = executed - passed;
        if (executed == 0)
            return new TestCount(0, 1, total, "no test ran");
        if (exitCode != 0 && failed == 0)
            return new TestCount(passed, 1, total - executed, $"all tests passed, but dotnet test ended with {exitCode}");
        return new TestCount(passed, failed, total - executed);
    }

    /// <summary>The closing line.</summary>
    public override string ToString() =>
        Skipped > 0 ? $"{Passed} passed, {Failed} failed, {Skipped} skipped" : $"{Passed} passed, {Failed} failed";

    private static int Number(XElement counters, string name) =>
        int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
