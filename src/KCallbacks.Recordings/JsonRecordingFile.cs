using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Input;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings;

/// <summary>A lossless recording.</summary>
internal sealed class JsonRecordingFile : RecordingFile
{
    /// <summary>Larger than a recording of 20,000 threads; a larger file is a mistake and would not fit into memory.</summary>
    private const int LargestFile = 1 << 30;

    private readonly RecordingReader _reader;

    public JsonRecordingFile(PeekedStream stream)
    {
        _reader = new RecordingReader(Log);
        if (stream.Head.IsEmpty)
            Log.AddError(null, "the file is empty");
        else
            ReadAll(TextEncoding.AsUtf8(stream));
        Process = new RecordedProcess(_reader.Process);
    }

    public override RecordingFormat Format => RecordingFormat.Recording;

    public override Architecture Architecture => Process.Architecture;

    public override SessionKind Session => _reader.Session;

    public override IProcessView Process { get; }

    public override Capture? Capture => _reader.Process is { ProcessId: null, Made: null } ? null : new Capture
    {
        ProcessId = _reader.Process.ProcessId,
        Made = _reader.Process.Made is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
    };

    public override IEnumerable<ThreadStack> ReadThreads() => _reader.Threads();

    private void ReadAll(Stream stream)
    {
        using var json = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (json.Length + read > LargestFile)
            {
                Log.AddError(null, $"the recording is larger than {LargestFile >> 20:N0} MB");
                return;
            }

            json.Write(buffer, 0, read);
        }

        _reader.Read(json.GetBuffer().AsSpan(0, (int)json.Length));
    }
}
