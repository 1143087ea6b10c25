using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks;

/// <summary>Stacks as a debugger printed them.</summary>
internal sealed class TextRecordingFile : RecordingFile
{
    private readonly StackTextReader? _reader;

    public TextRecordingFile(PeekedStream stream)
    {
        if (stream.Head.IsEmpty)
            Log.AddError(null, "the file is empty");
        else if (TextEncoding.IsBinary(stream.Head))
            Log.AddError(null, BinaryKind.Describe(stream.Head));
        else
            _reader = new StackTextReader(TextEncoding.AsUtf8(stream), Log);
        Process = _reader is null ? new UnknownProcess() : new PrintedProcess(_reader.Target);
    }

    public override RecordingFormat Format => RecordingFormat.Text;

    public override Architecture Architecture => Process.Architecture;

    public override SessionKind Session => _reader?.Target.Session ?? SessionKind.User;

    public override IProcessView Process { get; }

    public override WaitGraph? Waits => _reader?.Waits;

    public override IEnumerable<ThreadStack> ReadThreads()
    {
        bool any = false;
        foreach (ThreadStack stack in _reader?.ReadThreads() ?? [])
        {
            any = true;
            yield return stack;
        }

        if (!any && _reader is not null)
            Log.AddError(null, $"no stack was found in {_reader.LastLine:N0} lines of text; the debugger prints them with ~*kn");
    }
}
