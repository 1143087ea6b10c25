using System.Globalization;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Corpus;

/// <summary>Who waits for whom, in every text that says so and in texts that only look as if they did.</summary>
[TestClass]
public sealed class WaitLabelTests
{
    public static IEnumerable<object[]> Labels => WaitLabel.ReadAll().Select(label => new object[] { label });

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void Each_thread_waits_for_whom_the_expert_says(WaitLabel label)
    {
        using FileStream stream = File.OpenRead(label.TextPath);
        RecordingFile recording = StackFile.Open(stream);
        _ = recording.ReadThreads().Count();
        WaitGraph? graph = recording.Waits;

        Assert.IsNotNull(graph);
        string[] waits = [.. graph.Threads.SelectMany(thread => thread.Waits.Select(wait => WaitText.Of(thread, wait)))];
        Assert.AreEqual(string.Join('\n', label.Waits), string.Join('\n', waits));
        Assert.AreEqual(
            string.Join('\n', label.Circles),
            string.Join('\n', graph.Deadlocks.Select(deadlock => string.Join(' ', deadlock.Cycle.Select(edge => edge.From.ToString(CultureInfo.InvariantCulture))))));
    }
}
