using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>The queries that the README shows.</summary>
[TestClass]
public sealed class ReadmeTests
{
    private static EngineProcess s_engine = null!;

    /// <summary>These run under Node: the engine has no provider for scripts.</summary>
    private static readonly string[] ScriptFunctions = ["@$waitgraph", "@$callbackreport"];

    public static IEnumerable<object[]> Queries =>
        File.ReadLines(Path.Combine(Paths.Repository.Root, "README.md"))
            .Where(line => line.StartsWith("dx ", StringComparison.Ordinal) && !ScriptFunctions.Any(line.Contains))
            .Select(line => new object[] { line });

    [ClassInitialize]
    public static void OpenDump(TestContext context) => s_engine = EngineRun.OpenDump(Sample.NormalDump);

    [ClassCleanup]
    public static void CloseDump() => s_engine.Dispose();

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public void A_query_of_the_readme_has_an_answer(string query)
    {
        string answer = s_engine.Run(query);

        Assert.IsGreaterThan(0, answer.Trim().Length);
        Assert.DoesNotContain("Error", answer);
    }

    [TestMethod]
    public void The_readme_shows_queries() => Assert.IsGreaterThan(5, Queries.Count());
}
