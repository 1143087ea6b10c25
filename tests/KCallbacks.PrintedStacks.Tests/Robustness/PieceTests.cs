using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests.Corpus;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Robustness;

/// <summary>
/// What people do to a stack before they show it: turn it round, cut it in two, lose a line. What is left may say less, but never with
/// confidence what is wrong.
/// </summary>
[TestClass]
public sealed class PieceTests
{
    private static readonly string[] Separators = ["\n", "0:000> \n", "Frames:\n"];

    /// <summary>
    /// How many pieces of a text may be wrong. These list names alone: without symbols, numbers and addresses, the dispatcher's line leaves
    /// no trace when it is lost.
    /// </summary>
    private static readonly Dictionary<string, int> Unavoidable = new(StringComparer.Ordinal)
    {
        ["023-exploitable-exports-only-x86"] = 1,
        ["024-exploitable-exports-only-user32-x86"] = 1,
        ["552-eurekalog"] = 1,
        ["105-gcm-hookdll-loaderlock-exports-only"] = 1,

        // What is left is the whole 64-bit half of a WoW64 thread.
        ["333-process-hacker-wow64"] = 1,
    };

    public static IEnumerable<object[]> Labels =>
        CorpusLabel.ReadAll().Where(label => label.Threads == 1).Select(label => new object[] { label });

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void No_piece_of_a_stack_is_wrong_with_confidence(CorpusLabel label)
    {
        string[] lines = File.ReadAllLines(label.TextPath);
        string[] wrong = [.. Pieces(lines).SelectMany(piece => Wrong(label, piece.What, piece.Text))];

        Assert.IsLessThanOrEqualTo(Unavoidable.GetValueOrDefault(label.Recording), wrong.Length, string.Join("\n\n", wrong));
    }

    private static IEnumerable<(string What, string Text)> Pieces(string[] lines)
    {
        yield return ("turned round", string.Join('\n', lines.Reverse()));
        for (int i = 0; i < lines.Length; i++)
            yield return ($"without line {i + 1}", string.Join('\n', lines.Where((_, index) => index != i)));
        for (int cut = 1; cut < lines.Length; cut++)
        {
            string head = string.Join('\n', lines[..cut]) + "\n";
            string tail = string.Join('\n', lines[cut..]);
            yield return ($"the first {cut} lines", head);
            yield return ($"all but the first {cut} lines", tail);
            foreach (string separator in Separators)
                yield return ($"cut after line {cut} by '{separator.TrimEnd()}'", head + separator + tail);
        }
    }

    private static IEnumerable<string> Wrong(CorpusLabel label, string what, string text)
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(text);
        var detector = new CallbackDetector(recording.Process);
        ThreadFinding[] findings = [.. threads.Select(detector.Judge)];
        bool isInCallback = label.Verdict is "in-callback" or "at-return" && !label.Accept.Contains("none");
        bool isCallbackSeen = findings.Any(finding => finding.Verdict is Verdict.InCallback or Verdict.AtReturn);
        foreach (ThreadFinding finding in findings.Where(finding => finding.Confidence > Confidence.Low))
        {
            bool isWrong = isInCallback
                ? finding.Verdict == Verdict.None && !isCallbackSeen
                : finding.Verdict is Verdict.InCallback or Verdict.AtReturn && label.Verdict == "none";
            if (isWrong || finding.Depth > Math.Max(label.Depth, 1))
                yield return $"{what}: {finding.Verdict} depth {finding.Depth} {finding.Confidence}: {finding.Reason}\n{text}";
        }
    }
}
