using System.Text;
using KCallbacks.DbgEng;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Scanning;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>Writes files on the engine's machine, whole or not at all.</summary>
internal static class OutputFiles
{
    /// <summary>Refuses files in secure mode: the user must not reach the engine's disk.</summary>
    /// <exception cref="SessionException">The engine is in secure mode, or runs no shell commands.</exception>
    public static void DemandPermission(DebugEngine engine)
    {
        bool isSecure = engine.Symbols.TryGetSymbolOptions(out SymbolOptions symbols).Succeeded && symbols.HasFlag(SymbolOptions.Secure);
        bool hasNoShell = engine.Control.TryGetEngineOptions(out EngineOptions options).Succeeded && options.HasFlag(EngineOptions.DisallowShellCommands);
        if (isSecure || hasNoShell)
            throw new SessionException("No files are written in secure mode (.secure, .noshell), and none are read. Without -jsonfile, -record and -compare the command works; -json prints.");
    }

    /// <summary>Writes the report as JSON.</summary>
    /// <returns>What to tell the user.</returns>
    public static Line WriteJson(string path, Report report, ThreadFilter filter, IScanMonitor monitor) => Replace(path, monitor, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in JsonReport.Lines(report, filter.ForJson(report)))
            writer.WriteLine(line);
    });

    /// <summary>Writes what the verdicts used, so that they can be made again elsewhere.</summary>
    /// <returns>What to tell the user.</returns>
    public static Line WriteRecording(string path, Report report, ProcessRecorder recorder, ScanResult result, IScanMonitor monitor) => Replace(
        path,
        monitor,
        stream => RecordingWriter.Write(stream, recorder, report.Source.Session, result.StacksWithMemory(recorder.Process), Product.Version, report.Capture),
        $" ({result.Stacks.Count} threads and the stack memory of {result.Extents.Count}, which is what the verdicts used)");

    private static Line Replace(string path, IScanMonitor monitor, Action<Stream> write, string content = "") =>
        Line.Of($"Written: {OutputFile.Replace(path, stream => write(new StoppableStream(stream, monitor)))}{content}");
}
