using System.Globalization;

namespace KCallbacks.Tool;

/// <summary>Says on standard error how far work on many files has come: after a second, then ever more seldom, at last once a minute.</summary>
/// <param name="error">Where to.</param>
/// <param name="clock">The clock.</param>
/// <param name="files">Asked when it is to be said: how many there are; null while that is not known.</param>
internal sealed class FileProgress(TextWriter error, TimeProvider clock, Func<long?> files)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _due = TimeSpan.FromSeconds(1);
    private long _done;
    private long _skipped;

    /// <summary>Another file need not be done; it tells nothing of the rate.</summary>
    public void Skip()
    {
        _skipped++;
        TellWhenDue();
    }

    /// <summary>Another file is done.</summary>
    public void Report()
    {
        _done++;
        TellWhenDue();
    }

    private void TellWhenDue()
    {
        TimeSpan elapsed = clock.GetElapsedTime(_start);
        if (elapsed < _due)
            return;
        long? all = files();
        long done = _done + _skipped;
        if (done == all)
            return;

        _due = elapsed + (elapsed < Longest ? elapsed : Longest);
        double rate = _done / elapsed.TotalSeconds;
        string left = all > done && _done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Ceiling((all.Value - done) / rate)):g} left") : "";
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kcallbacks: {done:N0}{(all >= done ? $" of {all.Value.ToString("N0", CultureInfo.InvariantCulture)}" : "")} {((all ?? done) == 1 ? "file" : "files")}, {rate.ToString(rate < 10 ? "N1" : "N0", CultureInfo.InvariantCulture)} per second{left}"));
    }
}
