using System.Text;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Reports.Command;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>Writes files on the engine's machine. A file is replaced only when the new one is whole.</summary>
internal static class OutputFiles
{
    /// <summary>Files are not for an engine whose user may not reach the machine.</summary>
    /// <exception cref="SessionException">The engine is in secure mode, or runs no shell commands.</exception>
    public static void DemandPermission(DebugEngine engine)
    {
        bool isSecure = engine.Symbols.TryGetSymbolOptions(out SymbolOptions symbols).Succeeded && symbols.HasFlag(SymbolOptions.Secure);
        bool hasNoShell = engine.Control.TryGetEngineOptions(out EngineOptions options).Succeeded && options.HasFlag(EngineOptions.DisallowShellCommands);
        if (isSecure || hasNoShell)
            throw new SessionException("No files are written in secure mode (.secure, .noshell). Without -jsonfile and -record the command works; -json prints.");
    }

    /// <summary>Writes the report as JSON.</summary>
    /// <returns>What to tell the user.</returns>
    public static Line WriteJson(string path, Report report, CommandOptions options) => Replace(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in JsonReport.Lines(report, ThreadFilter.ForJson(report, options)))
            writer.WriteLine(line);
    });

    /// <summary>Writes everything that was read, so that it can be judged again elsewhere.</summary>
    /// <returns>What to tell the user.</returns>
    public static Line WriteRecording(string path, SessionKind session, ProcessRecorder recorder, ScanResult result) => Replace(
        path,
        stream => RecordingWriter.Write(
            stream, recorder, session, result.Stacks.OrderBy(stack => stack.Key).Select(stack => stack.Value), Product.Version));

    private static Line Replace(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        string unfinished = target + ".tmp";
        using (FileStream stream = File.Create(unfinished))
            write(stream);
        File.Move(unfinished, target, overwrite: true);
        return Line.Of($"Written: {target}");
    }
}
