using System.Globalization;

namespace KCallbacks.Tool;

/// <summary>Says on standard error how far work on many files has come: after a second, then ever more seldom, at last once a minute.</summary>
internal sealed class FileProgress(TextWriter error, TimeProvider clock, int files)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _due = TimeSpan.FromSeconds(1);
    private int _done;

    /// <summary>Another file is done.</summary>
    public void Report()
    {
        _done++;
        TimeSpan elapsed = clock.GetElapsedTime(_start);
        if (elapsed < _due || _done == files)
            return;

        _due = elapsed + (elapsed < Longest ? elapsed : Longest);
        double rate = _done / elapsed.TotalSeconds;
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kcallbacks: {_done:N0} of {files:N0} files, {rate.ToString(rate < 10 ? "N1" : "N0", CultureInfo.InvariantCulture)} per second, {TimeSpan.FromSeconds(Math.Ceiling((files - _done) / rate)):g} left"));
    }
}
