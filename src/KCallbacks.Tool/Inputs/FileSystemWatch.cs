namespace KCallbacks.Tool.Inputs;

/// <summary>
/// Notes what the file system was asked last and has not answered: a drive that is gone, or a pipe without a writer, never answers, and who
/// waits can tell that from one with much to tell.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class FileSystemWatch(TimeProvider clock)
{
    /// <summary>A sleeping disk or a far share answers within it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private string? _path;
    private long _since;

    /// <summary>What has not been answered within the limit; null where everything was, or may be.</summary>
    public string? Unanswered
    {
        get
        {
            lock (_lock)
                return _path is not null && clock.GetElapsedTime(_since) > Limit ? _path : null;
        }
    }

    /// <summary>Asks something.</summary>
    /// <param name="path">What it is about.</param>
    /// <param name="question">The question.</param>
    public T Ask<T>(string path, Func<T> question)
    {
        lock (_lock)
            (_path, _since) = (path, clock.GetTimestamp());
        try
        {
            return question();
        }
        finally
        {
            lock (_lock)
                _path = null;
        }
    }

    /// <summary>The entries of a folder, each of which is a question.</summary>
    public IEnumerable<string> Ask(string folder, IEnumerable<string> entries)
    {
        using IEnumerator<string> entry = Ask(folder, entries.GetEnumerator);
        while (Ask(folder, entry.MoveNext))
            yield return entry.Current;
    }
}
