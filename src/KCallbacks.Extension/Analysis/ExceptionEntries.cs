using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.Analysis;

/// <summary>What <c>!analyze</c> is told of an exception that was about to leave a callback.</summary>
/// <param name="engine">Has symbols and memory.</param>
/// <param name="exception">The exception at which the session stands.</param>
internal sealed class ExceptionEntries(DebugEngine engine, ExceptionEvent exception)
{
    /// <summary>The entries.</summary>
    /// <param name="report">What was found.</param>
    public IEnumerable<AnalysisEntry> Of(Report report)
    {
        ThreadFinding? finding = report.Findings.FirstOrDefault(finding => finding.Thread.EngineId == exception.ThreadId);
        string routine = finding?.Callbacks is [var innermost, ..] ? $"in {innermost.Routine ?? "a routine that is not known"}, {OneLine.Of(innermost)}" : "in a callback that left no trace on the stack";
        yield return new(AnalysisTag.Exception, $"an exception was about to leave a callback: {routine}; the first exception was {FirstOf(report)}");
        if (finding is null)
            yield break;
        yield return new(AnalysisTag.Thread, $"{HangEntries.NameOf(finding)}: {OneLine.Of(finding)}");
        foreach (AnalysisEntry callback in HangEntries.CallbacksOf(finding))
            yield return callback;
        yield return new(AnalysisTag.Command, HangEntries.CommandFor([finding]));
    }

    /// <summary>Its own record, where the capture has it; else where this one happened, which is the same place.</summary>
    private string FirstOf(Report report)
    {
        Span<byte> record = stackalloc byte[ExceptionRecordLayout.Length];
        if (exception.Record == 0 || !engine.DataSpaces.TryReadAll(exception.Record, record))
            return $"at {PlaceOf(exception.Address)}, its code is not in this capture";
        bool is32Bit = report.Source.Architecture is Architecture.X86 or Architecture.Arm32;
        return FormattableString.Invariant($"{ExceptionRecordLayout.CodeOf(record):x8} at {PlaceOf(ExceptionRecordLayout.AddressOf(record, is32Bit))}");
    }

    private string PlaceOf(ulong address) => engine.Symbols.TryGetNameByOffset(address, out string name, out ulong displacement).Succeeded
        ? FormattableString.Invariant($"{name}{(displacement == 0 ? "" : $"+0x{displacement:x}")}")
        : FormattableString.Invariant($"0x{address:x}");
}
