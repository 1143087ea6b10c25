using System.Diagnostics;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.Engine.Tests;

/// <summary>What the other tests rely on: the host itself.</summary>
[TestClass]
public sealed class HostTests
{
    private const string EndlessCommand = ".while (1) { }";

    [TestMethod]
    public void Output_comes_as_text_and_as_markup()
    {
        using EngineProcess engine = EngineRun.Start();
        engine.OpenDump(Sample.NormalDump);

        Reply reply = engine.Execute(".printf /D \"<b>bold</b>\\n\"");

        Assert.AreEqual("bold\n", reply.Text);
        Assert.AreEqual("<b>bold</b>\n", reply.Markup);
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_reported()
    {
        using EngineProcess engine = EngineRun.Start();

        Reply reply = engine.OpenDump("there is no such dump.dmp");

        Assert.IsFalse(reply.Succeeded);
        Assert.Contains("OpenDumpFile", reply.Failure!);
    }

    [TestMethod]
    public void A_process_that_is_not_there_is_reported()
    {
        using EngineProcess engine = EngineRun.Start();

        Reply reply = engine.Attach(processId: 0x7ffffff0);

        Assert.IsFalse(reply.Succeeded);
        Assert.Contains("AttachProcess", reply.Failure!);
    }

    [TestMethod]
    public void A_command_can_be_interrupted()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        Reply reply = engine.Execute(EndlessCommand, interruptAfter: 300);

        Assert.IsGreaterThanOrEqualTo(250.0, reply.Milliseconds);
        Assert.AreEqual("1", engine.Run(".printf \"%d\", 1"));
    }

    [TestMethod]
    public void A_command_that_does_not_end_ends_the_host()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        long start = Stopwatch.GetTimestamp();

        Assert.ThrowsExactly<TimeoutException>(() => engine.Send(new Execute(EndlessCommand), TimeSpan.FromSeconds(1)));

        Assert.IsLessThan(TimeSpan.FromSeconds(20), Stopwatch.GetElapsedTime(start));
    }

    [TestMethod]
    public void A_program_can_be_started_under_the_debugger()
    {
        using EngineProcess engine = EngineRun.Create(Paths.SampleTarget);

        Assert.Contains("HangingWindows", engine.Run("|"));
    }

    [TestMethod]
    public void A_process_that_was_attached_to_lives_on()
    {
        using var target = SampleTarget.Start(EngineRun.Platform, Paths.SampleTarget);
        using (EngineRun.Attach(target.ProcessId))
        {
        }

        using EngineProcess second = EngineRun.Attach(target.ProcessId, nonInvasive: true);

        Assert.Contains("HangingWindows", second.Run("|"));
    }
}
