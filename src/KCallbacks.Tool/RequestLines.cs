using System.Collections.Concurrent;

namespace KCallbacks.Tool;

/// <summary>
/// The lines of a stream, read ahead by one, so that its end is seen while a line is worked on.
/// </summary>
internal sealed class RequestLines : IDisposable
{
    private readonly BlockingCollection<string> _lines = new(boundedCapacity: 1);
    private volatile bool _isIdle = true;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="abandoned">What to do when it ends while a line is worked on.</param>
    public RequestLines(Stream stream, Action abandoned)
    {
        new Thread(() => Read(stream, abandoned)) { IsBackground = true }.Start();
    }

    /// <summary>The next line; null at the end.</summary>
    public string? Next()
    {
        _isIdle = true;
        string? line = _lines.TryTake(out string? taken, Timeout.Infinite) ? taken : null;
        _isIdle = false;
        return line;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Read(Stream stream, Action abandoned)
    {
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            _lines.Add(line);
        _lines.CompleteAdding();
        if (!_isIdle)
            abandoned();
    }
}
