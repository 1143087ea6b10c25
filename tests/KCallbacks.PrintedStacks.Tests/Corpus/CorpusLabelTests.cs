using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Corpus;

/// <summary>Every label of the corpus, through reader and detection engine.</summary>
[TestClass]
public sealed class CorpusLabelTests
{
    private static readonly Dictionary<string, (RecordingFile Recording, ThreadFinding[] Findings)> Judged = CorpusLabel.ReadAll()
        .Select(label => label.TextPath)
        .Distinct()
        .ToDictionary(path => path, Judge);

    public static IEnumerable<object[]> TextsWithoutStack => CorpusLabel.TextsWithoutStack().Select(path => new object[] { path });

    public static IEnumerable<object[]> Labels => CorpusLabel.ReadAll().Select(label => new object[] { label });

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void The_finding_is_what_the_expert_says(CorpusLabel label)
    {
        ThreadFinding[] findings = Judged[label.TextPath].Findings;
        Assert.HasCount(label.Threads, findings, "threads in the text");

        ThreadFinding finding = findings[label.Index];
        if (finding.Thread.Printed is not null && label.Printed is not null)
            Assert.AreEqual(label.Printed, finding.Thread.Printed);
        else if (label.Printed is not null)
            Assert.AreEqual(label.Printed, $"{finding.Thread.Position + 1}", "a label names a thread without id by its place");

        string verdict = Spell(finding.Verdict);
        Assert.IsTrue(
            verdict == label.Verdict || label.Accept.Contains(verdict),
            $"expected {label.Verdict}, found {verdict}: {finding.Reason}");
        if (verdict != label.Verdict)
            return;

        AssertDetails(label, finding);
        Assert.AreEqual(label.Depth, finding.Depth, "depth");
        // The kernel's word alone gives a depth, but shows no callback.
        bool isShown = finding.Callbacks.Length > 0 || label.Routine is not null || label.Entry is not null;
        if (finding.Verdict is Verdict.InCallback or Verdict.AtReturn && isShown)
            AssertCallbacks(label, finding);
    }

    [TestMethod]
    [DynamicData(nameof(TextsWithoutStack))]
    public void What_is_no_stack_gives_no_thread(string path)
    {
        (RecordingFile recording, ThreadFinding[] findings) = Judge(path);

        Assert.IsEmpty(findings);
        Assert.IsTrue(recording.Problems.Any(problem => problem.IsError), "the text says nothing, and nobody is told so");
    }

    private static void AssertDetails(CorpusLabel label, ThreadFinding finding)
    {
        RecordingFile recording = Judged[label.TextPath].Recording;
        foreach ((string name, string? expected) in label.Details)
        {
            if (name == "shape")
                Assert.Contains(expected!, finding.Shapes.Select(shape => shape.Name));
            else if (name == "reason")
                Assert.Contains(expected!, finding.Reason);
            else
                Assert.AreEqual(expected, Detail(name, finding, recording), name);
        }
    }

    private static string? Detail(string name, ThreadFinding finding, RecordingFile recording) => name switch
    {
        "blockedIn" => finding.BlockedIn,
        "engineId" => $"{finding.Thread.EngineId}",
        "systemId" => $"{finding.Thread.SystemId}",
        "handler" => finding.Callbacks[0].Handler,
        "confidence" => finding.Confidence.ToString().ToLowerInvariant(),
        "warnings" => $"{recording.ProblemCount}",
        _ => recording.Architecture.ToString().ToLowerInvariant(),
    };

    private static void AssertCallbacks(CorpusLabel label, ThreadFinding finding)
    {
        Assert.AreEqual(Bare(label.Routine), Bare(finding.Callbacks[0].Routine), "routine");
        Assert.AreEqual(Bare(label.Entry), Bare(finding.Callbacks[0].Entry), "entry");
        for (int level = 0; level < label.Outer.Count; level++)
        {
            Assert.AreEqual(Bare(label.Outer[level].Routine), Bare(finding.Callbacks[level + 1].Routine), $"routine of outer callback {level}");
            Assert.AreEqual(Bare(label.Outer[level].Entry), Bare(finding.Callbacks[level + 1].Entry), $"entry of outer callback {level}");
        }
    }

    private static (RecordingFile Recording, ThreadFinding[] Findings) Judge(string path)
    {
        using FileStream stream = File.OpenRead(path);
        RecordingFile recording = StackFile.Open(stream);
        var detector = new CallbackDetector(recording.Process);
        return (recording, [.. recording.ReadThreads().Select(detector.Judge)]);
    }

    private static string Spell(Verdict verdict) => verdict switch
    {
        Verdict.AtReturn => "at-return",
        Verdict.InCallback => "in-callback",
        Verdict.None => "none",
        _ => "unknown",
    };

    /// <summary>A routine's name as the corpus compares it: without module, leading underscores, <c>@N</c> and <c>whcb</c>.</summary>
    private static string? Bare(string? name)
    {
        if (name is null)
            return null;
        string function = name[(name.IndexOf('!', StringComparison.Ordinal) + 1)..].TrimStart('_');
        int decoration = function.IndexOf('@', StringComparison.Ordinal);
        function = decoration > 0 ? function[..decoration] : function;
        function = function.StartsWith("whcb", StringComparison.Ordinal) ? function[4..] : function;
        return function.StartsWith("Zw", StringComparison.Ordinal) ? "Nt" + function[2..] : function;
    }
}
