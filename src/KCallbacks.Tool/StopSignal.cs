using System.Runtime.InteropServices;

namespace KCallbacks.Tool;

/// <summary>Ctrl+C, or a signal that asks a program to end: the first one lets it end well, another ends it at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private readonly Action _stop;
    private int _count;

    /// <summary>Waits for one.</summary>
    /// <param name="stop">What to do then.</param>
    public StopSignal(Action stop)
    {
        _stop = stop;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Whether there was one.</summary>
    public bool IsGiven => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _count) > 1)
            return;
        context.Cancel = true;
        _stop();
    }
}
