using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>What the command says of generated user-mode dumps in the real engine is what their plans say.</summary>
[TestClass]
public sealed class FindingTests
{
    public static IEnumerable<object[]> Plans => UserCases.All.Append(UserCases.Large).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Every_thread_is_found_as_generated(string name)
    {
        (UserDump dump, EngineProcess engine) = GeneratedSession.Open(UserCases.All.Append(UserCases.Large).Single(plan => plan.Name == name));
        using EngineProcess session = engine;

        string printed = engine.Run("!kcallbacks -json");

        // Warnings of the engine about symbols it loads meanwhile come first.
        using JsonDocument report = JsonDocument.Parse(printed[printed.IndexOf('{', StringComparison.Ordinal)..]);

        JsonElement[] threads = [.. report.RootElement.GetProperty("threads").EnumerateArray()];
        Assert.HasCount(dump.Threads.Count, threads);
        foreach ((UserThread expected, JsonElement found) in dump.Threads.Zip(threads))
            AssertFound(dump, expected, found);
    }

    private static void AssertFound(UserDump dump, UserThread thread, JsonElement found)
    {
        string which = $"{dump.Plan.Name}, {thread.Plan.Description}: {found}";
        ExpectedFinding expected = thread.Expected;
        Assert.AreEqual(NameOf(VerdictWith(dump.Plan, expected)), found.GetProperty("verdict").GetString(), which);
        Assert.AreEqual(expected.Depth, found.GetProperty("depth").GetInt32(), which);
        JsonElement[] callbacks = [.. found.GetProperty("callbacks").EnumerateArray()];
        Assert.HasCount(expected.Depth, callbacks, which);
        foreach ((Callback callback, JsonElement printed) in expected.Callbacks.Zip(callbacks))
        {
            Assert.AreEqual(callback.ApiNumber, printed.GetProperty("apiNumber").GetInt32(), which);
            Assert.AreEqual(Plain(callback.Routine), Plain(printed.GetProperty("routine").GetString()), which);
            Assert.AreEqual(Plain(callback.Entry), Plain(printed.GetProperty("entry").GetString()), which);
            JsonElement message = printed.GetProperty("message");
            Assert.AreEqual(callback.Message?.Number, message.ValueKind == JsonValueKind.Null ? null : message.GetProperty("number").GetUInt32(), which);
        }
    }

    /// <summary>Without its image nothing tells that an address of ntdll is the return stub; the callback is seen all the same.</summary>
    private static Verdict VerdictWith(DumpPlan plan, ExpectedFinding expected) =>
        plan.Names == NameSource.Nothing && expected.Verdict == Verdict.AtReturn ? Verdict.InCallback : expected.Verdict;

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.AtReturn => "at-return",
        Verdict.InCallback => "in-callback",
        Verdict.None => "none",
        _ => "unknown",
    };

    /// <summary>Names differ in case, underscores and Zw for Nt with where they come from.</summary>
    private static string? Plain(string? name) =>
        name?.Replace("_", "", StringComparison.Ordinal).Replace("!Zw", "!Nt", StringComparison.Ordinal).ToUpperInvariant();
}
