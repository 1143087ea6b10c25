using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>When scans are made and forgotten, and what is left when the extension goes.</summary>
[TestClass]
public sealed class LifeTimeTests
{
    private const string Count = "@$curprocess.KernelCallbacks.Count()";
    private const string Scans = "@$curprocess.KernelCallbacks.Scans";

    [TestMethod]
    public void Showing_a_process_or_asking_for_the_collection_scans_nothing()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        engine.Run("dx @$curprocess");
        engine.Run("dx @$cursession.Processes");
        engine.Run("dx @$kept = @$curprocess.KernelCallbacks.Scans");

        Assert.AreEqual("0", engine.ValueOf(Scans));
    }

    [TestMethod]
    public void All_views_share_one_scan()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        engine.Run("dx -g @$curprocess.KernelCallbacks");
        engine.Run("dx -r2 @$curprocess.Threads.Select(t => t.KernelCallback)");
        engine.Run("dx @$kernelcallbacks(\"-d 2\")");

        Assert.AreEqual("1", engine.ValueOf(Scans));
    }

    [TestMethod]
    public void A_target_that_ran_is_scanned_again()
    {
        using SampleTarget target = SampleTarget.Start(EngineRun.Platform, Paths.SampleTarget);
        using EngineProcess engine = EngineRun.Attach(target.ProcessId);
        string before = engine.ValueOf(Count);
        Assert.AreEqual(before, engine.ValueOf(Count));
        Assert.AreEqual("1", engine.ValueOf(Scans));

        engine.Execute("g", interruptAfter: 300);

        Assert.AreEqual(before, engine.ValueOf(Count));
        Assert.AreEqual("2", engine.ValueOf(Scans));
    }

    [TestMethod]
    [DataRow(".reload")]
    [DataRow(".sympath c:\\symbols")]
    [DataRow("r rax=1")]
    public void What_the_user_changes_is_scanned_again(string command)
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        string before = engine.ValueOf(Count);

        engine.Execute(command);

        Assert.AreEqual(before, engine.ValueOf(Count));
        Assert.AreEqual("2", engine.ValueOf(Scans));
    }

    [TestMethod]
    public void Looking_at_other_threads_and_frames_changes_nothing()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        engine.Run($"dx {Count}");

        foreach (string command in new[] { "~2s", "k", ".frame 1", "~*k", "dx -r2 @$curprocess.Threads", "!kcallbacks -v" })
            engine.Run(command);

        Assert.AreEqual("1", engine.ValueOf(Scans));
    }

    [TestMethod]
    public void Objects_that_outlive_the_extension_answer_with_an_error()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        engine.Run("dx @$all = @$curprocess.KernelCallbacks");
        engine.Run("dx @$one = @$all.First()");
        engine.Run("dx @$inner = @$one.Callbacks");
        engine.Run("dx @$function = @$kernelcallbacks");
        engine.Run(".unload kcallbacks");

        foreach (string question in new[] { "@$all", "@$all[0x1]", "@$one", "@$one.Verdict", "@$inner", "@$inner[0]", "@$function()" })
            Assert.Contains("kcallbacks was unloaded", engine.Execute($"dx {question}").Text, question);
        Assert.StartsWith("Error:", engine.Execute("dx @$all.Count()").Text.Trim());
    }

    [TestMethod]
    public void Nothing_is_left_of_the_extension_when_it_is_unloaded()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        engine.Run(".unload kcallbacks");

        Assert.Contains("Unable to bind name", engine.Execute("dx @$curprocess.KernelCallbacks").Text);
        Assert.Contains("Unable to bind name", engine.Execute("dx @$curthread.KernelCallback").Text);
        Assert.Contains("Error:", engine.Execute("dx @$kernelcallbacks()").Text);
    }

    [TestMethod]
    public void Twenty_loads_and_unloads_give_the_same_answers()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        string first = engine.ValueOf(Count);

        for (int cycle = 1; cycle < 20; cycle++)
        {
            engine.Run("dx @$kept = @$curprocess.KernelCallbacks");
            engine.Run(".unload kcallbacks");
            engine.Load(Paths.Extension);
            Assert.AreEqual(first, engine.ValueOf(Count), $"cycle {cycle}");
        }
    }
}
