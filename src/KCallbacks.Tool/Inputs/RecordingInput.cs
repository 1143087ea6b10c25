using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks;
using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;
using KCallbacks.Reports;

namespace KCallbacks.Tool.Inputs;

/// <summary>Stacks that somebody printed, or a recording of ours.</summary>
internal sealed class RecordingInput : InputSource
{
    private readonly string _path;
    private readonly Stream _stream;
    private readonly IDisposable? _around;
    private readonly RecordingFile _recording;

    /// <summary>Opens it.</summary>
    /// <param name="path">What reports call it.</param>
    /// <param name="stream">The text or recording; disposed with this.</param>
    /// <param name="format">What the user says it is.</param>
    /// <param name="around">What else is disposed with this.</param>
    public RecordingInput(string path, Stream stream, InputFormat format, IDisposable? around)
    {
        _around = around;
        _path = path;
        _stream = stream;
        _recording = StackFile.Open(stream, format switch
        {
            InputFormat.Text => RecordingFormat.Text,
            InputFormat.Recording => RecordingFormat.Recording,
            _ => RecordingFormat.Auto,
        });
    }

    public override ImmutableArray<string> Errors => [.. _recording.Problems.Where(problem => problem.IsError).Select(Message)];

    public override ImmutableArray<string> Warnings
    {
        get
        {
            ImmutableArray<string> warnings = [.. _recording.Problems.Where(problem => !problem.IsError).Select(Message)];
            long more = _recording.ProblemCount - _recording.Problems.Length;
            return more == 0 ? warnings : warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{NameOf(_path)}: {more:N0} more lines were not understood"));
        }
    }

    public override Capture? Capture => _recording.Capture;

    public override WaitGraph? Waits => _recording.Waits;

    public override IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge()
    {
        var detector = new CallbackDetector(_recording.Process);
        return _recording.ReadThreads().Select(stack => (stack, detector.Judge(stack)));
    }

    public override ReportSource Describe() => new(
        _recording.Format == RecordingFormat.Recording ? SourceKind.Recording : SourceKind.Text,
        _path,
        _recording.Architecture,
        _recording.Session);

    public override void Dispose()
    {
        _stream.Dispose();
        _around?.Dispose();
    }

    private string Message(RecordingProblem problem)
    {
        string place = problem.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(_path)}:{line}") : NameOf(_path);
        return $"{place}: {(problem.IsError ? "error: " : "")}{problem.Text}";
    }
}
