using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests;

/// <summary>The command on generated dumps with the layouts of Windows.</summary>
[TestClass]
public sealed class FixtureTests
{
    public static IEnumerable<object[]> Plans => UserCases.All.Select(plan => new object[] { plan });

    public static string NameOf(System.Reflection.MethodInfo method, object[] row) => $"{method.Name} ({((DumpPlan)row[0]).Name})";

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void Every_thread_is_judged_as_an_expert_would(DumpPlan plan)
    {
        (UserDump dump, EngineProcess engine) = Open(plan);
        using (engine)
        {
            JsonElement[] threads = Threads(engine, "-json");

            Assert.HasCount(dump.Threads.Count, threads);
            foreach ((UserThread thread, JsonElement judged) in dump.Threads.Zip(threads))
                AssertFinding(thread, judged);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void Walking_every_thread_changes_no_verdict(DumpPlan plan)
    {
        (_, EngineProcess engine) = Open(plan);
        using (engine)
        {
            CollectionAssert.AreEqual(Verdicts(Threads(engine, "-json")), Verdicts(Threads(engine, "-json -walk")));
        }
    }

    private static (UserDump Dump, EngineProcess Engine) Open(DumpPlan plan)
    {
        (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        EngineProcess engine = EngineRun.OpenDump(path);
        if (dump.SymbolPath.Length > 0)
            engine.Run($".sympath {EngineRun.Platform.WindowsPathOf(dump.SymbolPath)}");
        engine.Run(".reload");
        return (dump, engine);
    }

    private static JsonElement[] Threads(EngineProcess engine, string options)
    {
        string output = engine.Run($"!kcallbacks {options}");
        string json = output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..];
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("threads").EnumerateArray()];
    }

    private static void AssertFinding(UserThread thread, JsonElement judged)
    {
        string because = $"{thread.Plan.Description}: {judged}";
        Assert.AreEqual(WordOf(thread.Expected.Verdict), judged.GetProperty("verdict").GetString(), because);
        Assert.AreEqual(thread.Expected.Depth, judged.GetProperty("depth").GetInt32(), because);
        JsonElement[] callbacks = [.. judged.GetProperty("callbacks").EnumerateArray()];
        CollectionAssert.AreEqual(
            thread.Expected.Callbacks.Select(callback => callback.ApiNumber).ToArray(),
            callbacks.Select(callback => (int?)callback.GetProperty("apiNumber").GetInt32()).ToArray(),
            because);
    }

    private static string[] Verdicts(JsonElement[] threads) =>
        [.. threads.Select(thread => $"{thread.GetProperty("position")}: {thread.GetProperty("verdict")} {thread.GetProperty("depth")}")];

    private static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.InCallback => "in-callback",
        Verdict.AtReturn => "at-return",
        Verdict.None => "none",
        _ => "unknown",
    };
}
