using System.Text;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.PrintedStacks;
using KCallbacks.Recordings;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>What the engine prints of stacks of each processor is read as the command judges them.</summary>
[TestClass]
public sealed class PrintedFormTests
{
    public static IEnumerable<object[]> Forms =>
        from plan in (string[])["shapes-arm64-win11", "shapes-x86-win7", "shapes-x86-win10", "nested-win7"]
        from command in (string[])["~*k", "~*kn", "~*kv", "~*kc"]
        select new object[] { plan, "", command };

    /// <summary>Under a machine that is not the target's own the engine prints a column with that of each frame.</summary>
    public static IEnumerable<object[]> FormsWithMachine =>
        from command in (string[])["~*k", "~*kn", "~*kv", "~*kc"]
        select new object[] { "shapes-arm64-win11", ".effmach arm64ec", command };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    [DynamicData(nameof(FormsWithMachine))]
    public void Printed_stacks_are_judged_as_generated(string name, string selection, string command)
    {
        (UserDump dump, EngineProcess opened) = GeneratedSession.Open(UserCases.All.Single(plan => plan.Name == name));
        using EngineProcess engine = opened;
        engine.Execute("~*k");
        engine.Execute(selection);
        string text = engine.Run(command);

        RecordingFile recording = StackFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var detector = new CallbackDetector(recording.Process);
        ThreadStack[] threads = [.. recording.ReadThreads()];

        Assert.HasCount(dump.Threads.Count, threads);
        foreach ((UserThread expected, ThreadStack thread) in dump.Threads.Zip(threads))
        {
            ThreadFinding finding = detector.Judge(thread);
            string because = $"{expected.Plan.Description}: {finding.Reason}";
            Assert.AreEqual(expected.Expected.Verdict, finding.Verdict, because);
            Assert.AreEqual(expected.Expected.Depth, finding.Depth, because);
        }
    }
}
