using KCallbacks.Extension.Analysis;
using KCallbacks.Scanning;

namespace KCallbacks.Extension.Tests;

/// <summary>A scan that nobody asked for by name ends by its time, and by whoever watches it.</summary>
[TestClass]
public sealed class TimeLimitTests
{
    [TestMethod]
    public void It_ends_when_the_time_is_over_and_stays_so()
    {
        var limit = new TimeLimit(new User(), TimeSpan.Zero);

        Assert.IsTrue(limit.IsCancelled);
        Assert.IsTrue(limit.IsOver);
        Assert.IsFalse(limit.IsOfUser);
        Assert.IsTrue(limit.IsCancelled);
    }

    [TestMethod]
    public void It_ends_when_the_user_wants_it()
    {
        var user = new User();
        var limit = new TimeLimit(user, TimeSpan.FromHours(1));
        Assert.IsFalse(limit.IsCancelled);

        user.IsCancelled = true;

        Assert.IsTrue(limit.IsCancelled);
        Assert.IsTrue(limit.IsOfUser);
        Assert.IsFalse(limit.IsOver);
    }

    [TestMethod]
    public void What_it_reports_reaches_the_user()
    {
        var user = new User();

        new TimeLimit(user, TimeSpan.FromHours(1)).Report("walked", 1, 2);

        Assert.AreEqual("walked 1 of 2", user.Said);
    }

    private sealed class User : IScanMonitor
    {
        public bool IsCancelled { get; set; }

        public string Said { get; private set; } = "";

        public void Report(string step, int done, int total) => Said = $"{step} {done} of {total}";
    }
}
