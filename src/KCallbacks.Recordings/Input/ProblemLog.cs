using System.Collections.Immutable;

namespace KCallbacks.Recordings.Input;

/// <summary>Collects what could not be read: the first <see cref="Kept"/> in full, all of them counted.</summary>
internal sealed class ProblemLog
{
    /// <summary>How many problems are kept with their text.</summary>
    public const int Kept = 100;

    private readonly List<RecordingProblem> _problems = [];

    /// <summary>All problems, also those not kept.</summary>
    public long Count { get; private set; }

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors { get; private set; }

    public ImmutableArray<RecordingProblem> Problems => [.. _problems];

    public void AddError(long? line, string text)
    {
        HasErrors = true;
        Add(new RecordingProblem(line, text, IsError: true));
    }

    public void AddWarning(long? line, string text) => Add(new RecordingProblem(line, text, IsError: false));

    private void Add(RecordingProblem problem)
    {
        Count++;
        if (_problems.Count < Kept)
            _problems.Add(problem);
        else if (problem.IsError && _problems.FindLastIndex(kept => !kept.IsError) is var warning and >= 0)
            _problems[warning] = problem;
    }
}
