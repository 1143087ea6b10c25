using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;

namespace KCallbacks.Reports.Phrases;

/// <summary>
/// What a hang is known by in other captures: state, innermost callback, object, next edges. It holds no ids, handles, addresses, times
/// and depths, so that two captures of one hang have the same.
/// </summary>
internal static class Signature
{
    private const int MostParts = 4;
    private const string Separator = " | ";

    /// <summary>For example <c>deadlock | WM_APP+0x5 app!MainProc | critical section app!g_doc | window</c>; the state alone where nothing is found.</summary>
    public static string Of(HangResult result)
    {
        List<string> parts = [DisplayText.Of(result.State)];
        if (result.Findings is [var worst, ..] && result.State == worst.State && FirstOf(worst) is { } position && result.Of(position) is { } first)
        {
            parts.Add(CallbackPhrases.In(first.Finding).Text);
            parts.AddRange(Edges(first, result));
        }

        return string.Join(Separator, parts.Where(part => part.Length > 0).Take(MostParts));
    }

    private static int? FirstOf(HangFinding finding)
    {
        ImmutableArray<int> windows = finding.Cycle.IsEmpty ? finding.Windows : [.. finding.Cycle.Where(finding.Windows.Contains)];
        return windows is [var window, ..] ? window : finding.Threads is [var any, ..] ? any : null;
    }

    private static IEnumerable<string> Edges(HangThread first, HangResult result)
    {
        var seen = new HashSet<int>();
        HangThread? thread = first;
        for (bool isFirst = true; thread is { Waits.Waits: [var wait, ..] } && seen.Add(thread.Position); isFirst = false)
        {
            yield return isFirst && wait.Object.Symbol is { } symbol ? $"{WaitPhrases.BareKindOf(wait.Kind)} {symbol}" : WaitPhrases.BareKindOf(wait.Kind);
            thread = wait.Owners is [{ Position: { } owner }, ..] ? result.Of(owner) : null;
        }
    }
}
