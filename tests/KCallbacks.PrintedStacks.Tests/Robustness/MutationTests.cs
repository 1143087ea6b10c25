using System.Text.RegularExpressions;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests.Corpus;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Robustness;

/// <summary>Damage that pasting, mailing and missing symbols do to a recording never turns a callback into a confident "none".</summary>
[TestClass]
public sealed class MutationTests
{
    private static readonly (string Name, Func<string, string> Apply)[] Mutations =
    [
        ("CRLF", text => text.ReplaceLineEndings("\r\n")),
        ("tabs", text => Regex.Replace(text, "(?m)^", "\t\t")),
        ("quoted", text => Regex.Replace(text, "(?m)^", "> ")),
        ("trailing blanks", text => Regex.Replace(text, "(?m)$", "   ")),
        ("warnings", text => Regex.Replace(text, "\n", "\n*** WARNING: Unable to verify checksum for app.exe\n")),
        ("upper case modules", text => Regex.Replace(text, @"\b(ntdll|user32|win32u)(\.dll)?!", match => match.Value.ToUpperInvariant(), RegexOptions.IgnoreCase)),
        ("lower case modules", text => Regex.Replace(text, @"\b(ntdll|user32|win32u)(\.dll)?!", match => match.Value.ToLowerInvariant(), RegexOptions.IgnoreCase)),
        ("modules with extension", text => Regex.Replace(text, @"\b(ntdll|user32|win32u)!", "$1.dll!", RegexOptions.IgnoreCase)),
        ("Zw for Nt", text => Regex.Replace(text, @"!Nt(?=[A-Z])", "!Zw")),
        ("no application symbols", text => Regex.Replace(text, @"(?<![\w.])(?!(?:nt|ntdll|user32|win32u|win32k|gdi32|wow64\w*)(?:_\w+)?(?:\.dll)?!)([A-Za-z]\w*)!([A-Za-z_]\w*)\+0x", "$1+0x", RegexOptions.IgnoreCase)),
        ("no backticks", text => Regex.Replace(text, "(?<=[0-9a-f]{8})`(?=[0-9a-f]{8})", "", RegexOptions.IgnoreCase)),
        ("no displacements", text => Regex.Replace(text, @"\+0x[0-9a-f]+", "", RegexOptions.IgnoreCase)),
        ("no ntdll symbols", text => Regex.Replace(text, @"\b(ntdll(?:_\w+)?(?:\.dll)?)!(?:[^\s+(]+)(?:\+0x[0-9a-f]+)?", "$1+0x12345", RegexOptions.IgnoreCase)),
        ("first half", text => text[..(text.Length / 2)]),
        ("without its first lines", text => string.Join('\n', text.Split('\n').Skip(3))),
        ("without its last lines", text => string.Join('\n', text.Split('\n').SkipLast(4))),
    ];

    public static IEnumerable<object[]> Cases =>
        from label in CorpusLabel.ReadAll()
        where label.Threads == 1 && label.Verdict is "in-callback" or "at-return"
        where !label.Recording.EndsWith("-json", StringComparison.Ordinal)
        from mutation in Mutations
        select new object[] { label.Recording, mutation.Name };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_callback_never_becomes_a_confident_none(string name, string mutation)
    {
        CorpusLabel label = CorpusLabel.ReadAll().First(candidate => candidate.Recording == name);
        string damaged = Mutations.Single(candidate => candidate.Name == mutation).Apply(File.ReadAllText(label.TextPath));
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(damaged);
        var detector = new CallbackDetector(recording.Process);
        ThreadFinding[] findings = [.. threads.Select(detector.Judge)];

        // What shows no dispatcher any more may be judged as far as it goes, but not as a whole stack.
        bool isCallbackSeen = findings.Any(finding => finding.Verdict is Verdict.InCallback or Verdict.AtReturn);
        bool isConfidentNone = findings.Length > 0 && findings.All(finding => finding is { Verdict: Verdict.None, Confidence: > Confidence.Low });
        bool dispatcherWasCut = !Regex.IsMatch(damaged, "KiUserCallbackDispatch|KiCallUserMode|CallbackReturn");
        Assert.IsTrue(
            isCallbackSeen || !isConfidentNone || dispatcherWasCut,
            string.Join('\n', findings.Select(finding => $"{finding.Verdict} {finding.Confidence}: {finding.Reason}")));
        // Without displacements the slots of a back trace cannot be told from a table of functions.
        bool mayBeTable = mutation == "no displacements" && damaged.Contains("> dds ", StringComparison.Ordinal);
        if (KeepsEveryName(mutation) && !mayBeTable)
            Assert.IsTrue(isCallbackSeen, "the callback is not seen any more");
    }

    private static bool KeepsEveryName(string mutation) => mutation is
        "CRLF" or "tabs" or "quoted" or "trailing blanks" or "warnings" or "upper case modules" or "lower case modules"
        or "modules with extension" or "Zw for Nt" or "no application symbols" or "no backticks" or "no displacements";
}
