using System.Text.Json;
using System.Text.RegularExpressions;
using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>The command on generated dumps with the layouts of Windows.</summary>
[TestClass]
public sealed partial class VerdictTests
{
    public static IEnumerable<object[]> Plans => UserCases.All.Append(UserCases.Large).Select(plan => new object[] { plan });

    public static string NameOf(System.Reflection.MethodInfo method, object[] row) => $"{method.Name} ({((DumpPlan)row[0]).Name})";

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void Every_thread_is_judged_as_an_expert_would(DumpPlan plan)
    {
        (UserDump dump, EngineProcess engine) = GeneratedSession.Open(plan);
        using (engine)
        {
            JsonElement[] threads = Threads(engine, "-json");

            Assert.HasCount(dump.Threads.Count, threads);
            foreach ((UserThread thread, JsonElement judged) in dump.Threads.Zip(threads))
                AssertFinding(dump, thread, judged);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void Walking_every_thread_changes_no_verdict(DumpPlan plan)
    {
        (_, EngineProcess engine) = GeneratedSession.Open(plan);
        using (engine)
        {
            CollectionAssert.AreEqual(Verdicts(Threads(engine, "-json")), Verdicts(Threads(engine, "-json -walk")));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void Threads_settled_without_their_registers_are_settled_alike_with_them(DumpPlan plan)
    {
        (_, EngineProcess engine) = GeneratedSession.Open(plan);
        using (engine)
        {
            // The engine tells what it could not load before it prints the first report.
            engine.Run("!kcallbacks");

            CollectionAssert.AreEqual(Report(engine, ""), Report(engine, "-walk"));
        }
    }

    [TestMethod]
    [DataRow("shapes-win10")]
    [DataRow("exports-win10")]
    [DataRow("exports-win7", DisplayName = "its stubs are not exported")]
    public void A_sender_is_shown_as_waiting_for_another_threads_window(string name)
    {
        DumpPlan plan = UserCases.All.Single(plan => plan.Name == name);
        (_, EngineProcess opened) = GeneratedSession.Open(plan);
        using EngineProcess engine = opened;
        int sender = plan.Threads.ToList().FindIndex(thread => thread.Description == "sender waiting for another thread's window");

        string row = engine.Run($"!kcallbacks -a -t {sender}").Split('\n').Single(line => line.TrimStart().StartsWith($"{sender} ", StringComparison.Ordinal));

        Assert.Contains("window of another thread", row);
    }

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void The_engine_finds_the_same_frames(DumpPlan plan)
    {
        (_, EngineProcess engine) = GeneratedSession.Open(plan);
        using (engine)
        {
            string[] stacks = Stacks(engine, "-v");

            Assert.IsNotEmpty(stacks);
            CollectionAssert.AreEqual(stacks, Stacks(engine, "-v -walk"));
        }
    }

    [TestMethod]
    [DataRow("ends right after the outer callback frame", true)]
    [DataRow("no environment block", false)]
    public void A_stack_whose_walk_does_not_reach_the_threads_start_says_so(string description, bool isCut)
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.Damaged);
        using EngineProcess engine = opened;
        int thread = UserCases.Damaged.Threads.ToList().FindIndex(plan => plan.Description == description);

        string output = engine.Run($"!kcallbacks -v -t {thread}");

        Assert.AreEqual(isCut, output.Contains("the walk ends here", StringComparison.Ordinal), output);
    }

    /// <summary>The whole report.</summary>
    private static string[] Report(EngineProcess engine, string options) => engine.Run($"!kcallbacks {options}").Split('\n');

    /// <summary>The frames as printed, thread by thread.</summary>
    private static string[] Stacks(EngineProcess engine, string options) =>
        [.. engine.Run($"!kcallbacks {options}").Split('\n').Where(line => FrameLine().IsMatch(line))];

    [GeneratedRegex("^[k ] [0-9a-f]{2}  [0-9a-f]{8,16}  ")]
    private static partial Regex FrameLine();

    private static JsonElement[] Threads(EngineProcess engine, string options)
    {
        string output = engine.Run($"!kcallbacks {options}");
        string json = output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..];
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("threads").EnumerateArray()];
    }

    private static void AssertFinding(UserDump dump, UserThread thread, JsonElement judged)
    {
        string because = $"{thread.Plan.Description}: {judged}";
        Assert.AreEqual(PrintedFinding.WordOf(thread.Expected.Verdict), judged.GetProperty("verdict").GetString(), because);
        Assert.AreEqual(thread.Expected.Depth, judged.GetProperty("depth").GetInt32(), because);
        JsonElement[] callbacks = [.. judged.GetProperty("callbacks").EnumerateArray()];
        Assert.HasCount(thread.Expected.Depth, callbacks, because);
        bool mayLack = (!dump.Plan.HasWholeFrames && dump.Plan.Names != NameSource.Symbols) || thread.Plan.Wow64Half is { HidesNative: true };
        foreach ((Callback expected, JsonElement callback) in thread.Expected.Callbacks.Zip(callbacks))
            AssertCallback(expected, callback, mayLack, because);
    }

    /// <remarks>Without symbols, what 32-bit frames do not hold may be missing (<paramref name="mayLack"/>).</remarks>
    private static void AssertCallback(Callback expected, JsonElement callback, bool mayLack, string because)
    {
        JsonElement apiNumber = callback.GetProperty("apiNumber");
        Assert.AreEqual(expected.ApiNumber, apiNumber.ValueKind == JsonValueKind.Null ? null : apiNumber.GetInt32(), because);
        string? routine = callback.GetProperty("routine").GetString();
        Assert.IsTrue(Plain(expected.Routine) == Plain(routine) || (mayLack && routine is null), because);
        string? entry = callback.GetProperty("entry").GetString();
        Assert.IsTrue(ExpectedFinding.IsEntry(expected.Entry, entry) || (mayLack && entry is null), $"{because}, expected entry {expected.Entry}");
        JsonElement message = callback.GetProperty("message");
        if (message.ValueKind != JsonValueKind.Null || !mayLack)
            Assert.AreEqual(expected.Message?.Number, message.ValueKind == JsonValueKind.Null ? null : message.GetProperty("number").GetUInt32(), because);
    }

    /// <summary>Case, underscores and Zw for Nt differ with where a name comes from; without symbols a routine has the name of WoW64's own.</summary>
    private static string? Plain(string? name) => name?
        .Replace("_", "", StringComparison.Ordinal)
        .Replace("!Zw", "!Nt", StringComparison.Ordinal)
        .Replace("wow64win!whcb", "user32!", StringComparison.Ordinal)
        .ToUpperInvariant();

    private static string[] Verdicts(JsonElement[] threads) =>
        [.. threads.Select(thread => $"{thread.GetProperty("position")}: {thread.GetProperty("verdict")} {thread.GetProperty("depth")}")];
}
