using System.Globalization;

namespace KCallbacks.Tool.Inputs;

/// <summary>Says on standard error that long work goes on: once a second, not at all when it takes less than one.</summary>
internal sealed class Progress(TextWriter error, TimeProvider clock, string name)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _last = clock.GetTimestamp();

    /// <summary>Tells how many threads have been judged.</summary>
    public void Report(int threads)
    {
        if (clock.GetElapsedTime(_last) < Interval)
            return;

        _last = clock.GetTimestamp();
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {threads:N0} thread{(threads == 1 ? "" : "s")} judged"));
    }
}
