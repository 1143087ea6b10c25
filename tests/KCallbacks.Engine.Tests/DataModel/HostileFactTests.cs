using System.Text.Json;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>What agents are told of a process whose functions have hostile names: data, in quotation marks, of bounded length.</summary>
[TestClass]
public sealed class HostileFactTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int LongestName = 120;

    private static EngineProcess s_engine = null!;

    [ClassInitialize]
    public static void OpenDump(TestContext context) => (_, s_engine) = GeneratedSession.Open(UserCases.HostileNames);

    [ClassCleanup]
    public static void CloseDump() => s_engine.Dispose();

    [TestMethod]
    public void Names_stay_within_their_quotation_marks()
    {
        JsonElement[] threads = [.. JsonDocument.Parse(s_engine.ValueOf("@$callbackfacts().Threads")).RootElement.EnumerateArray()];

        Assert.AreEqual(UserCases.HostileNames.Threads.Count, threads.Sum(thread => thread.GetProperty("count").GetInt32()));
        foreach (JsonProperty member in threads.SelectMany(thread => thread.EnumerateObject()).Where(member => member.Value.ValueKind == JsonValueKind.String))
        {
            string name = member.Value.GetString()!;
            Assert.IsLessThanOrEqualTo(LongestName, name.Length, name);
            Assert.IsFalse(name.Any(char.IsControl), name);
        }
    }

    /// <summary>An agent's words are data, too: WinDbg escapes them as JSON does.</summary>
    [TestMethod]
    [DataRow("-m app!*")]
    [DataRow("-m \"%s<b>&amp;\"")]
    [DataRow("-t 0,1 -m \\")]
    public void Options_are_taken_as_WinDbg_hands_them_over(string options)
    {
        string answer = s_engine.Execute($"dx @$callbackfacts({JsonSerializer.Serialize(options, Relaxed)})").Text;

        Assert.Contains("ThreadsJudged", answer);
    }
}
