using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>Recordings as the extension writes them.</summary>
internal static class Recorded
{
    public static byte[] Write(ProcessRecorder recorder, IEnumerable<ThreadStack> threads)
    {
        using var stream = new MemoryStream();
        RecordingWriter.Write(stream, recorder, SessionKind.Kernel, threads, "1.2.3");
        return stream.ToArray();
    }
}
