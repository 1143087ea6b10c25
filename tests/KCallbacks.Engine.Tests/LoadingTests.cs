using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests;

[TestClass]
public sealed class LoadingTests
{
    [TestMethod]
    public void The_extension_loads_and_its_command_answers()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        Assert.Contains("kcallbacks", engine.Run("!kcallbacks"));
    }

    [TestMethod]
    public void The_extension_can_be_loaded_and_unloaded_twenty_times()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        string first = FindingsOf(engine);

        for (int cycle = 1; cycle < 20; cycle++)
        {
            engine.Run($".unload {Path.GetFileNameWithoutExtension(Paths.Extension)}");
            Assert.IsTrue(engine.Load(Paths.Extension).Succeeded);
            Assert.AreEqual(first, FindingsOf(engine), $"cycle {cycle}");
        }
    }

    [TestMethod]
    public void Without_a_session_the_command_says_so_and_works_as_soon_as_there_is_one()
    {
        using EngineProcess engine = EngineRun.Start();
        Assert.IsTrue(engine.Load(Paths.Extension).Succeeded);

        // The engine keeps what is printed without a session until there is one.
        string printed = engine.Execute("!kcallbacks").Text + engine.OpenDump(Sample.NormalDump).Text;

        Assert.Contains("kcallbacks: There is no session. Open a dump or attach to a process first.", printed);
        Assert.Contains("inside callbacks", engine.Run("!kcallbacks"));
    }

    [TestMethod]
    public void The_engine_does_not_know_the_command_without_the_extension()
    {
        using EngineProcess engine = EngineRun.Start();
        engine.OpenDump(Sample.NormalDump);

        Assert.Contains("No export kcallbacks found", engine.Execute("!kcallbacks").Text);
    }

    private static string FindingsOf(EngineProcess engine) =>
        string.Join('\n', engine.Run("!kcallbacks -a").Split('\n').Where(line => line.Contains("in-callback")));
}
