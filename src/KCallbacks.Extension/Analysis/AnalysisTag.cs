using System.Collections.Immutable;
using KCallbacks.DbgEng.Analysis;

namespace KCallbacks.Extension.Analysis;

/// <summary>An entry of ours in the output of <c>!analyze</c>. Plug-ins have the numbers from 0xa0000000 on for their own; these are not the first, which every sample uses.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record AnalysisTag(uint Number, FailureEntryKind Kind, string Name, string Meaning)
{
    /// <summary>What hangs.</summary>
    public static readonly AnalysisTag Result = new(0xa000_4b00, FailureEntryKind.Text, "KCALLBACKS_RESULT", "What hangs, for whom, and who must let go.");

    /// <summary>The same hang in other captures.</summary>
    public static readonly AnalysisTag Bucket = new(0xa000_4b01, FailureEntryKind.Text, "KCALLBACKS_BUCKET", "Id and signature by which the hang is known in other captures.");

    /// <summary>The threads.</summary>
    public static readonly AnalysisTag Thread = new(0xa000_4b02, FailureEntryKind.Text, "KCALLBACKS_THREAD", "A thread that cannot go on, or holds up others.");

    /// <summary>The chain of callbacks.</summary>
    public static readonly AnalysisTag Callback = new(0xa000_4b03, FailureEntryKind.Text, "KCALLBACKS_CALLBACK", "A callback of the first of these threads, innermost first.");

    /// <summary>What they wait for.</summary>
    public static readonly AnalysisTag Wait = new(0xa000_4b04, FailureEntryKind.Text, "KCALLBACKS_WAIT", "What a thread waits for; -> is certain, ~> likely, -> ? not known.");

    /// <summary>The exception that was about to leave a callback.</summary>
    public static readonly AnalysisTag Exception = new(0xa000_4b05, FailureEntryKind.Text, "KCALLBACKS_EXCEPTION", "The routine that an exception was about to leave, and where the first exception happened.");

    /// <summary>Where to go on.</summary>
    public static readonly AnalysisTag Command = new(0xa000_4b06, FailureEntryKind.Command, "KCALLBACKS_COMMAND", "Stacks and evidence of these threads.");

    /// <summary>All of them; <c>kcallbacks.alz</c> says how many.</summary>
    public static readonly ImmutableArray<AnalysisTag> All = [Result, Bucket, Thread, Callback, Wait, Exception, Command];
}
