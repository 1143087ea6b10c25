using KCallbacks.Scanning;
using KCallbacks.Sessions;

namespace KCallbacks.Extension.Tests;

/// <summary>Files that are written while the user may press Ctrl+Break.</summary>
[TestClass]
public sealed class StoppableStreamTests
{
    [TestMethod]
    public void What_nobody_stops_is_written()
    {
        var file = new MemoryStream();
        using var stream = new StoppableStream(file, new Monitor());

        stream.Write([1, 2]);
        stream.Write([3, 4, 5], 1, 2);

        Assert.AreSequenceEqual(new byte[] { 1, 2, 4, 5 }, file.ToArray());
    }

    [TestMethod]
    public void What_is_stopped_ends_at_once_and_says_so()
    {
        var file = new MemoryStream();
        using var stream = new StoppableStream(file, new Monitor { IsCancelled = true });

        SessionException stopped = Assert.ThrowsExactly<SessionException>(() => stream.Write([1]));

        Assert.Contains("Ctrl+Break", stopped.Message);
        Assert.AreEqual(0, file.Length);
    }

    private sealed class Monitor : IScanMonitor
    {
        public bool IsCancelled { get; init; }

        public void Report(string step, int done, int total)
        {
        }
    }
}
