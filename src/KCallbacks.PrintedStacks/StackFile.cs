using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks;

/// <summary>Opens a file of stacks, whichever of the formats it has.</summary>
public static class StackFile
{
    /// <summary>Opens a recording. Nothing that is wrong with it throws: it is found in <see cref="RecordingFile.Problems"/>.</summary>
    /// <param name="stream">The recording; read forwards only, and not disposed.</param>
    /// <param name="format">Its format.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static RecordingFile Open(Stream stream, RecordingFormat format = RecordingFormat.Auto)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var peeked = new PeekedStream(stream);
        if (format == RecordingFormat.Recording || (format == RecordingFormat.Auto && IsRecording(peeked.Head)))
            return new JsonRecordingFile(peeked);
        return format == RecordingFormat.Auto && IsJson(peeked.Head) ? new JsonStackFile(peeked) : new TextRecordingFile(peeked);
    }

    /// <summary>A recording says at its start what it is.</summary>
    private static bool IsRecording(ReadOnlySpan<byte> head) => IsJson(head) && head.IndexOf("\"kcallbacks-recording\""u8) >= 0;

    private static bool IsJson(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
            return false;
        ReadOnlySpan<byte> rest = text[1..].TrimStart(" \t\r\n"u8);
        // A log may begin with a bracket, too, but not with a bracket and a brace or quote.
        return text[0] == '{' ? rest.IsEmpty || rest[0] is (byte)'"' or (byte)'}' : !rest.IsEmpty && rest[0] is (byte)'{' or (byte)'"';
    }
}
