using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using KCallbacks.Dumps;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Tool.Inputs;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>
/// The process that reads inputs for <c>triage</c>: a request per line on standard input, a row per line on standard output; an empty line
/// says that it lives. Its last argument is a folder of its own. It is no command for people.
/// </summary>
internal sealed class TriageWorker
{
    /// <summary>The word by which it is started.</summary>
    public const string Verb = "triage-worker";

    /// <summary>Rows get the whole report.</summary>
    public const string FullOption = "--full";

    /// <summary>A folder with images follows.</summary>
    public const string ImagesOption = "--images";

    /// <summary>Bytes that are hashed between two signs of life.</summary>
    private const int Piece = 64 << 20;

    private static readonly AnalyzeOptions Everything = new() { JsonLines = true };

    private readonly ToolHost _host;
    private readonly ToolHost _silent;
    private readonly string _folder;
    private readonly bool _isFull;
    private readonly InputChoice _choice;
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>A worker.</summary>
    public TriageWorker(ToolHost host, string[] arguments)
    {
        _host = host;
        _silent = new ToolHost(Stream.Null, TextWriter.Null, TextWriter.Null, host.Clock);
        _folder = arguments is [.., var folder] ? folder : "";
        _isFull = arguments.Contains(FullOption);
        int images = Array.IndexOf(arguments, ImagesOption);
        _choice = new InputChoice(InputFormat.Auto, images < 0 ? null : new ImageFolder(arguments[images + 1]));
    }

    /// <summary>Works until its input ends.</summary>
    public ExitCode Run()
    {
        // Ctrl+C reaches all processes of a terminal; whoever started this one ends it.
        using var ignored = new StopSignal(() => { });
        MakeFolder();
        using var requests = new RequestLines(_host.Input, Abandon);
        Say("");
        while (requests.Next() is { } line)
            Say(Answer(WorkRequest.Read(line)));
        DeleteFolder();
        return ExitCode.Fine;
    }

    /// <summary>For this user alone: dumps are unpacked into it.</summary>
    private void MakeFolder()
    {
        if (_folder.Length == 0)
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    private void Abandon()
    {
        DeleteFolder();
        Environment.Exit((int)ExitCode.Stopped);
    }

    /// <summary>Removes what was unpacked, and the folder when nothing else lies in it.</summary>
    private void DeleteFolder()
    {
        try
        {
            foreach (string unpacked in Directory.EnumerateFiles(_folder, SpooledFile.Pattern))
                File.Delete(unpacked);
            Directory.Delete(_folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // It is gone, or somebody else's.
        }
    }

    private void Say(string line)
    {
        _host.PlainOutput.WriteLine(line);
        _host.PlainOutput.Flush();
    }

    private string Answer(WorkRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        Input input = request.Entry is { } entry ? Input.OfZip(request.File, entry, _choice) : new Input(request.File, opened => InputSource.Open(request.File, _choice, Stream.Null, opened));
        InputOutcome outcome = new InputReader(_silent, Everything, [input]).Read(0);
        TriageRow row = RowOf(request, outcome) with { Sha256 = HashOf(request), Analyzed = RowTime.Of(_host.Clock), Milliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        return RowText.Write(row, _isFull ? ReportOf(request, outcome) : null);
    }

    private static TriageRow RowOf(WorkRequest request, InputOutcome outcome) => outcome.Failure is { } failure
        ? request.Row(OutcomeOf(failure), FailureText.OfInput(failure))
        : ReportRow.Fill(request.Row(TriageOutcome.Ok, ""), outcome.Report!);

    private static TriageOutcome OutcomeOf(Exception failure) => failure switch
    {
        OutOfMemoryException => TriageOutcome.Memory,
        _ when FailureText.IsUnsupported(failure) => TriageOutcome.Unsupported,
        _ when FailureText.IsFault(failure) => TriageOutcome.Crashed,
        _ => TriageOutcome.Unreadable,
    };

    private static string ReportOf(WorkRequest request, InputOutcome outcome) => outcome.Report is { } report
        ? JsonReport.SingleLine(report, Everything.Filter.ForJson(report))
        : JsonReport.Error(new ReportSource(SourceKind.Unknown, request.Path), FailureText.OfInput(outcome.Failure!), FailureText.IsUnsupported(outcome.Failure!));

    /// <summary>The hash of the content; null when it cannot be read to its end.</summary>
    private string? HashOf(WorkRequest request)
    {
        try
        {
            if (request.Entry is not { } name)
                return HashOf(new FileStream(request.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
            using ZipArchive zip = ZipFile.OpenRead(request.File);
            return zip.GetEntry(name) is { IsEncrypted: false } entry ? HashOf(new BoundedStream(entry.Open(), entry.CompressedLength)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or InputException)
        {
            return null;
        }
    }

    private string HashOf(Stream content)
    {
        using (content)
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            for (int piece = 0; content.Read(_buffer) is > 0 and var read; piece += read)
            {
                hash.AppendData(_buffer, 0, read);
                if (piece < Piece)
                    continue;
                Say("");
                piece = 0;
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
