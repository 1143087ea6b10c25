using System.Globalization;
using KCallbacks.Tool.Inputs;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>Gives every input a row in a store: those that have none are read by workers, one at a time each.</summary>
internal sealed class TriageRun
{
    private readonly ToolHost _host;
    private readonly TriageOptions _options;
    private readonly TriageInputs _inputs;
    private readonly FileProgress _progress;
    private readonly long[] _outcomes = new long[Enum.GetValues<TriageOutcome>().Length];
    private long _skipped;

    /// <summary>A run.</summary>
    public TriageRun(ToolHost host, TriageOptions options)
    {
        (_host, _options) = (host, options);
        _inputs = new TriageInputs(new InputList(new InputChoice(InputFormat.Auto), host.Input), options.Shard, options.Store, host.Clock);
        _progress = new FileProgress(host.Error, host.Clock, () => _inputs.Count);
    }

    /// <summary>Runs to the end, or until it is stopped.</summary>
    /// <param name="words">What the inputs are.</param>
    public ExitCode Run(IReadOnlyList<string> words)
    {
        if (words.Contains(InputSource.StandardInput))
            throw new InputException("a dump on standard input has no name by which its row is found again; kcallbacks analyze --jsonl - judges it; @- reads a list of names");
        using RowFile file = RowFile.Open(StoreFolder.Create(_options.Store), _options.Shard, _options.RetryFailed);
        using var pool = new WorkerPool(_host.Worker.With(Arguments()), _options.Jobs, _options.Limits, _host.Clock);
        using var stop = new StopSignal(pool.Stop);
        pool.Run(Requests(words, file), (outcome, line) => Add(file, outcome, line));
        Tell(stop.IsGiven);
        return stop.IsGiven ? ExitCode.Stopped : ExitCode.Fine;
    }

    private IEnumerable<string> Arguments() => [.. _options.Full ? [TriageWorker.FullOption] : Array.Empty<string>(), .. _options.Images is { } images ? [TriageWorker.ImagesOption, Path.GetFullPath(images)] : Array.Empty<string>()];

    private IEnumerable<WorkRequest> Requests(IReadOnlyList<string> words, RowFile file)
    {
        foreach (WorkRequest request in _inputs.Requests(words))
        {
            if (file.TryClaim(request.Key))
            {
                yield return request;
                continue;
            }

            lock (_outcomes)
            {
                _skipped++;
                _progress.Skip();
            }
        }
    }

    private void Add(RowFile file, TriageOutcome outcome, ReadOnlyMemory<byte> line)
    {
        file.Append(line.Span);
        lock (_outcomes)
        {
            _outcomes[(int)outcome]++;
            _progress.Report();
        }
    }

    private void Tell(bool isStopped)
    {
        string[] counts =
        [
            .. Enum.GetValues<TriageOutcome>().Where(outcome => _outcomes[(int)outcome] > 0)
                .Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{_outcomes[(int)outcome]:N0} {outcome.ToString().ToLowerInvariant()}")),
        ];
        long made = _outcomes.Sum();
        string rows = string.Create(CultureInfo.InvariantCulture, $"{made:N0} new row{(made == 1 ? "" : "s")}{(counts.Length > 0 ? $" ({string.Join(", ", counts)})" : "")}, {_skipped:N0} had one before.");
        _host.Output.WriteLine($"{_options.Store}: {rows}{(isStopped ? " Stopped; the same command goes on where it was." : "")}");
    }
}
