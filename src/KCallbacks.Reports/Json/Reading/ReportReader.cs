using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>
/// Reads a JSON report back, so that a later capture can be compared with it, or it can be shown in another form. Everything is as
/// it was but the stacks, and what these alone tell: the module of a handler whose printed name has none, which then is <c>?</c> in the signature.
/// </summary>
public static class ReportReader
{
    /// <summary>Bytes that tell whether a file is a JSON report, whatever the blanks, also in UTF-16.</summary>
    public const int HeadLength = 256;

    /// <summary>Characters of a report of some 500,000 threads; more is a mistake and would not fit into memory.</summary>
    private const int Longest = 1 << 29;

    private static ReadOnlySpan<byte> Start => "{\"schema\":1,\"tool\":{\"name\":\"kcallbacks\""u8;

    /// <summary>Whether a file begins as a JSON report does.</summary>
    /// <param name="head">Its first <see cref="HeadLength"/> bytes.</param>
    public static bool IsReport(ReadOnlySpan<byte> head)
    {
        int matched = 0;
        foreach (byte letter in head)
        {
            if (letter is 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or >= 0x80)
                continue;
            if (letter != Start[matched])
                return false;
            if (++matched == Start.Length)
                return true;
        }

        return false;
    }

    /// <summary>Reads a report.</summary>
    /// <param name="stream">The report, in UTF-8 or with the mark of UTF-16; not disposed.</param>
    /// <param name="path">What it is called from now on.</param>
    /// <exception cref="InvalidDataException">It cannot be read; the message says why.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Report Read(Stream stream, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var text = new StreamReader(stream, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using JsonDocument document = Parse(ReadAll(text));
        try
        {
            return Read(document.RootElement, path);
        }
        catch (InvalidOperationException)
        {
            // What JSON can spell and no text can be: half a character.
            throw new InvalidDataException("the report holds text that is none");
        }
    }

    private static string ReadAll(StreamReader text)
    {
        var read = new StringBuilder();
        char[] piece = new char[1 << 16];
        for (int count; (count = text.Read(piece)) > 0;)
        {
            if (read.Length + count > Longest)
                throw new InvalidDataException($"the report is longer than {Longest >> 20:N0} million characters");
            read.Append(piece, 0, count);
        }

        return read.ToString();
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException(IsFollowed(json)
                ? "it holds the reports of several inputs (JSON lines); give a file for each"
                : $"the report is damaged or was cut off, in line {wrong.LineNumber + 1}");
        }
    }

    /// <summary>Whether a whole object is followed by another.</summary>
    private static bool IsFollowed(string json)
    {
        int end = json.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
            return false;
        try
        {
            using JsonDocument first = JsonDocument.Parse(json.AsMemory(0, end));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Report Read(JsonElement json, string path)
    {
        if (json.Text("error") is { } error)
            throw new InvalidDataException($"it is the report of an input that could not be read: {error}");
        if (json.Count("leftOut") is > 0 and var left)
            throw new InvalidDataException($"a filter has left out {left} threads of it; make it without -t, -m, -d, -r and -not");
        var findings = ImmutableArray.CreateBuilder<ThreadFinding>();
        var waits = ImmutableArray.CreateBuilder<ThreadWaits>();
        var positions = new HashSet<int>();
        foreach (JsonElement thread in json.List("threads"))
        {
            if (FindingReader.Read(thread) is not { } finding || !positions.Add(finding.Thread.Position))
                throw new InvalidDataException($"thread {findings.Count} of it has no position and verdict of its own");
            findings.Add(finding);
            waits.Add(WaitReader.Read(finding.Thread, thread));
        }

        return new Report
        {
            Source = SourceOf(json.Object("source") ?? default, path),
            Capture = json.Object("capture") is { } capture ? CaptureReader.Read(capture) : null,
            Findings = findings.DrainToImmutable(),
            Waits = WaitGraph.Of(waits.DrainToImmutable()),
            AlsoBlocked = [.. json.List("alsoBlocked").Select(blocked => new BlockedProcess(FindingReader.ProcessOf(blocked), blocked.Count("threads") ?? 0))],
            Complete = json.Flag("complete") != false,
            Warnings = [.. json.Texts("warnings").Where(warning => !warning.StartsWith(JsonReport.OfThread, StringComparison.Ordinal))],
        };
    }

    private static ReportSource SourceOf(JsonElement json, string path) => new(
        json.Word<SourceKind>("kind", DisplayText.Of) ?? SourceKind.Unknown,
        path,
        json.Word<Architecture>("architecture", DisplayText.Of) ?? Architecture.Unknown,
        json.Word<SessionKind>("session", DisplayText.Of) ?? SessionKind.User);
}
