using KCallbacks.Tool.Inputs;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>The inputs of a run, found one after the other while it goes on: however many there are, none is remembered.</summary>
/// <param name="list">Finds them.</param>
/// <param name="shard">The part of them that is wanted.</param>
/// <param name="store">The folder of the store, in which nothing is an input.</param>
/// <param name="clock">The clock.</param>
internal sealed class TriageInputs(InputList list, Shard shard, string store, TimeProvider clock)
{
    private const string Nothing = "it is empty, or a pipe or device";

    private readonly string _store = Path.TrimEndingDirectorySeparator(Path.GetFullPath(store)) + Path.DirectorySeparatorChar;
    private IReadOnlyList<string>? _words;
    private Task<long>? _count;

    /// <summary>How many there are; null until that is known. They are counted when it is asked first.</summary>
    public long? Count
    {
        get
        {
            // A list on standard input is there once.
            if (_words is not { } words || words.Contains("@-"))
                return null;
            _count ??= Task.Run(() => Inputs(words).LongCount());
            return _count.IsCompletedSuccessfully ? _count.Result : null;
        }
    }

    /// <summary>The inputs as workers are told of them.</summary>
    public IEnumerable<WorkRequest> Requests(IReadOnlyList<string> words)
    {
        _words = words;
        return Inputs(words).Select(input => RequestOf(input.File, input.Input));
    }

    /// <summary>Archives of other shards are not even opened.</summary>
    private IEnumerable<(NamedFile File, Input Input)> Inputs(IReadOnlyList<string> words) =>
        from file in list.Files(words, inOrder: false)
        where shard.Holds(file.Name.Replace('\\', '/')) && !Path.GetFullPath(file.Path).StartsWith(_store, StringComparison.Ordinal)
        from input in list.InputsOf(file)
        select (file, input);

    private WorkRequest RequestOf(NamedFile file, Input input)
    {
        string path = Path.GetFullPath(file.Path);
        (long? size, DateTime? modified) = Find(path);
        var request = new WorkRequest(input.Entry is { } entry ? $"{path}/{entry}" : path, path, input.Entry, input.EntrySize ?? size, modified);
        return input.Problem is { } problem ? WithRow(request, problem.IsUnsupported ? TriageOutcome.Unsupported : TriageOutcome.Unreadable, problem.Message)
            : size is null ? WithRow(request, TriageOutcome.Unreadable, FailureText.OfInput(new FileNotFoundException()))
            : size == 0 ? WithRow(request, TriageOutcome.Unreadable, Nothing)
            : request;
    }

    private WorkRequest WithRow(WorkRequest request, TriageOutcome outcome, string problem) =>
        request with { Known = request.Row(outcome, problem) with { Analyzed = RowTime.Of(clock) } };

    /// <summary>Size and time of a file, of what it leads to where it is a link; null when it is not there.</summary>
    private static (long? Size, DateTime? Modified) Find(string path)
    {
        try
        {
            FileSystemInfo file = new FileInfo(path);
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
                file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file is FileInfo { Exists: true } found ? (found.Length, RowTime.Of(found.LastWriteTimeUtc)) : (null, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }
}
