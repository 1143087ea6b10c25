using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Json;
using KCallbacks.PrintedStacks.Threads;
using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;
using KCallbacks.Recordings.Json;

namespace KCallbacks.PrintedStacks;

/// <summary>Stacks in a JSON document that another tool wrote.</summary>
internal sealed class JsonStackFile : RecordingFile
{
    /// <summary>Larger documents do not fit into memory twice, as they must while they are taken apart.</summary>
    private const int LargestFile = 1 << 29;

    private const string NoStacks =
        $"the file is JSON, but not a recording as -record writes it (it has no \"format\": \"{RecordingSchema.Format}\"), and it holds no stacks in a form that is known: "
        + "threads with frames (minidump-stackwalk, Socorro, Sentry), symbolicated stacks, or the output of a debugger in a string";

    private readonly TargetTraits _target = new();
    private readonly IReadOnlyList<ThreadStack> _threads;

    public JsonStackFile(PeekedStream stream)
    {
        Process = new PrintedProcess(_target);
        byte[]? json = ReadAll(TextEncoding.AsUtf8(stream));
        if (json is null)
        {
            Log.AddError(null, $"the JSON is larger than {LargestFile >> 20:N0} MB");
            _threads = [];
            return;
        }

        using JsonText text = JsonText.Parse(json, Log);
        var reader = new JsonStackReader(_target, Log);
        _threads = reader.Read(text.Documents);
        if (_threads.Count == 0)
            _threads = ReadPrinted(reader.PrintedText);
        if (_threads.Count == 0 && !Log.HasErrors)
            Log.AddError(null, NoStacks);
    }

    public override RecordingFormat Format => RecordingFormat.Text;

    public override Architecture Architecture => Process.Architecture;

    public override SessionKind Session => _target.Session;

    public override IProcessView Process { get; }

    public override IEnumerable<ThreadStack> ReadThreads() => _threads;

    /// <summary>Line numbers of joined strings say nothing of the file: what is not understood in them is not told.</summary>
    private List<ThreadStack> ReadPrinted(Stream text) => [.. new StackTextReader(text, new ProblemLog(), _target).ReadThreads()];

    private static byte[]? ReadAll(Stream stream)
    {
        using var json = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (json.Length + read > LargestFile)
                return null;
            json.Write(buffer, 0, read);
        }

        return json.ToArray();
    }
}
