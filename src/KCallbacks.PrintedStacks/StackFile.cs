using KCallbacks.Recordings;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks;

/// <summary>Opens a file of stacks, whichever of the two formats it has.</summary>
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
        return format == RecordingFormat.Recording || (format == RecordingFormat.Auto && IsJson(peeked.Head))
            ? new JsonRecordingFile(peeked)
            : new TextRecordingFile(peeked);
    }

    private static bool IsJson(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.TrimStart("\uFEFF \t\r\n"u8);
        return text.StartsWith("{"u8) && text[1..].TrimStart(" \t\r\n"u8) is var member && (member.IsEmpty || member[0] is (byte)'"' or (byte)'}');
    }
}
