using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Reports.Comparing;
using KCallbacks.Reports.Json.Reading;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>What an earlier run has written, to compare the session with it: a JSON report or a recording.</summary>
internal static class EarlierRun
{
    /// <summary>Reads it.</summary>
    /// <exception cref="SessionException">It is neither, or damaged; the message says so.</exception>
    /// <exception cref="SessionException">The file cannot be read.</exception>
    public static Report Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] head = new byte[ReportReader.HeadLength];
            int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return ReportReader.IsReport(head.AsSpan(0, length)) ? ReportReader.Read(file, path) : OfRecording(RecordingFile.Open(file), path);
        }
        catch (Exception wrong) when (wrong is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SessionException($"-compare {path}: {wrong.Message}");
        }
    }

    /// <summary>Compares the session with it.</summary>
    /// <exception cref="SessionException">It is of another process.</exception>
    public static Comparison Compare(Report before, Report now)
    {
        try
        {
            return Comparison.Of([before, now]);
        }
        catch (ArgumentException wrong)
        {
            throw new SessionException(wrong.Message);
        }
    }

    /// <summary>Its threads are judged again: a recording has what was seen, not what followed from it.</summary>
    private static Report OfRecording(RecordingFile recording, string path)
    {
        var detector = new CallbackDetector(recording.Process);
        ThreadStack[] stacks = [.. recording.ReadThreads()];
        if (recording.HasErrors)
            throw new InvalidDataException(recording.Problems.First(problem => problem.IsError).Text);
        return new Report
        {
            Source = new ReportSource(SourceKind.Recording, path, recording.Architecture, recording.Session),
            Capture = recording.Capture,
            Findings = [.. stacks.Select(detector.Judge)],
            Stacks = stacks.ToImmutableDictionary(stack => stack.Thread.Position, stack => stack.WithoutMemory()),
        };
    }
}
