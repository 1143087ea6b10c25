using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>Reads inputs and judges their threads, on all processors; each gives one outcome, in order.</summary>
internal sealed class InputReader(ToolHost host, AnalyzeOptions options, IReadOnlyList<Input> inputs)
{
    /// <summary>The shape of which the report names frames.</summary>
    private const string Reentered = "re-entered";

    private const string NotOpened = "it could not be opened within 10 seconds: it is a pipe that nobody writes to, or a file on a drive that does not answer";

    /// <summary>When each input began to be opened; 0 where it is not being opened.</summary>
    private readonly long[] _opening = new long[inputs.Count];

    /// <summary>The outcomes in the order of the inputs.</summary>
    public IEnumerable<InputOutcome> Outcomes() => new OrderedWork<InputOutcome>(inputs.Count, Read, host.Threads, GiveUp).Results();

    /// <summary>Reads one of them, on this thread.</summary>
    public InputOutcome Read(int number)
    {
        Input input = inputs[number];
        try
        {
            return Judge(input, number);
        }
        catch (Exception failure)
        {
            return new InputOutcome(input.Path, null, failure);
        }
    }

    private InputOutcome? GiveUp(int number) => Volatile.Read(ref _opening[number]) is not 0 and long since && host.Clock.GetElapsedTime(since) > FileSystemWatch.Limit
        ? new InputOutcome(inputs[number].Path, null, new InputException(NotOpened))
        : null;

    private InputOutcome Judge(Input input, int number)
    {
        Volatile.Write(ref _opening[number], host.Clock.GetTimestamp());
        using InputSource source = Open(input, number);
        if (source.Told is { } told)
            return new InputOutcome(input.Path, told, null);
        var progress = new Progress(host.Error, host.Clock, InputSource.NameOf(input.Path));
        var findings = new KeptFindings(options);
        ImmutableDictionary<int, ThreadStack>.Builder stacks = ImmutableDictionary.CreateBuilder<int, ThreadStack>();
        foreach ((ThreadStack stack, ThreadFinding finding) in source.Judge())
        {
            findings.Add(finding);
            if (IsStackKept(finding))
                stacks[stack.Thread.Position] = stack.WithoutMemory();
            if (inputs.Count == 1)
                progress.Report(findings.Count);
        }

        Report report = findings.AddTo(new Report
        {
            Source = source.Describe(),
            Capture = options.IsJson || options.WithStacks ? source.Capture : null,
            Stacks = stacks.ToImmutable(),
            Waits = source.Waits,
            Complete = source.Errors.IsEmpty,
            Warnings = [.. source.Errors, .. source.Warnings],
        });
        return new InputOutcome(input.Path, report, null) { Errors = source.Errors };
    }

    private InputSource Open(Input input, int number)
    {
        try
        {
            return input.Open(() => Volatile.Write(ref _opening[number], 0));
        }
        finally
        {
            Volatile.Write(ref _opening[number], 0);
        }
    }

    /// <summary>Stacks are kept only where an option needs them.</summary>
    private bool IsStackKept(ThreadFinding finding) =>
        (options.WithStacks && (finding.Depth > 0 || finding.HasMessageLoop))
        || finding.Shapes.Any(shape => shape.Id == Reentered)
        || ((options.Form.UsesFrames || options.Filter.UsesFrames) && (finding.Depth > 0 || finding.HasMessageLoop || options.Filter.ListsOthers));
}
