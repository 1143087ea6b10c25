using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests.Corpus;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Robustness;

/// <summary>What mail, pages, issues, editors and logs put around a text changes nothing of what is found in it.</summary>
[TestClass]
public sealed partial class WrappingTests
{
    private static readonly Dictionary<string, Func<string, string>> Wrappings = new()
    {
        ["fence"] = text => $"See this:\n\n```\n{text.TrimEnd()}\n```\n",
        ["quote"] = text => EachLine(text, (line, _) => "> " + line),
        ["quote of a quote"] = text => EachLine(text, (line, _) => ">> " + line),
        ["log with date"] = text => EachLine(text, (line, _) => "2024-03-05 09:12:44,018 ERROR [main] app.Hang - " + line),
        ["log with brackets"] = text => EachLine(text, (line, index) => $"[2024.03.05-09.12.44:{index % 1000:d3}][{index % 100,3}]LogHang: Error: {line}"),
        ["log of a library"] = text => EachLine(text, (line, _) => "E0305 09:12:44.018000  4660 hang.cc:88] " + line),
        ["log of a system"] = text => EachLine(text, (line, _) => "Mar  5 09:12:44 " + line),
        ["list"] = text => EachLine(text, (line, _) => "* " + line),
        ["dashes"] = text => EachLine(text, (line, _) => "- " + line),
        ["comment"] = text => EachLine(text, (line, _) => "// " + line),
        ["indented comment"] = text => EachLine(text, (line, _) => "    // " + line),
        ["line numbers and tabs"] = text => EachLine(text, (line, index) => $"{index + 1,6}\t{line}"),
        ["line numbers and colons"] = text => EachLine(text, (line, index) => $"{index + 1}: {line}"),
        ["line numbers and bars"] = text => EachLine(text, (line, index) => $"{index + 1,4} | {line}"),
        ["page"] = text => EachLine(text, (line, _) => WebUtility.HtmlEncode(line) + "<br />"),
        ["page with blanks"] = text => EachLine(text, (line, _) => $"<p>{WebUtility.HtmlEncode(line).Replace(" ", "&nbsp;", StringComparison.Ordinal)}</p>"),
        ["markdown escapes"] = text => Signs().Replace(text, @"\$0"),
        ["CRLF"] = text => text.ReplaceLineEndings("\r\n"),
        ["CR"] = text => text.ReplaceLineEndings("\r"),
        ["CRCRLF"] = text => text.ReplaceLineEndings("\r\r\n"),
    };

    public static IEnumerable<object[]> Cases =>
        from recording in CorpusLabel.ReadAll().Select(label => label.Recording).Distinct()
        where !recording.EndsWith("-json", StringComparison.Ordinal) && !recording.Contains("json-", StringComparison.Ordinal)
        from wrapping in Wrappings.Keys
        where !IsWrapped(recording, wrapping)
        select new object[] { recording, wrapping };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_wrapped_text_says_the_same(string name, string wrapping)
    {
        string text = File.ReadAllText(CorpusLabel.ReadAll().First(label => label.Recording == name).TextPath).ReplaceLineEndings("\n");

        Assert.AreEqual(Judge(text), Judge(Wrappings[wrapping](text)));
    }

    /// <summary>What is escaped or numbered already would be so twice, which nobody does.</summary>
    private static bool IsWrapped(string recording, string wrapping) => recording[4..] switch
    {
        "html-paragraph" or "html-one-line" or "html-entities" => wrapping.StartsWith("page", StringComparison.Ordinal) || wrapping.StartsWith("markdown", StringComparison.Ordinal),
        "markdown-escapes" or "json-escaped-line" or "wrapped-kb-x86" => wrapping.StartsWith("markdown", StringComparison.Ordinal),
        "grep-numbers" or "line-numbers" => wrapping.StartsWith("line numbers", StringComparison.Ordinal),
        _ => false,
    };

    private static string EachLine(string text, Func<string, int, string> wrap) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select((line, index) => wrap(line, index))) + "\n";

    private static string Judge(string text)
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(text);
        var detector = new CallbackDetector(recording.Process);
        return string.Join('\n', threads.Select(detector.Judge).Select(Spell));
    }

    private static string Spell(ThreadFinding finding)
    {
        IEnumerable<string> callbacks = finding.Callbacks.Select(callback => $"{callback.Routine} <- {callback.Entry}");
        return string.Create(CultureInfo.InvariantCulture, $"{finding.Thread.Printed} {finding.Verdict} {finding.Depth} {string.Join(", ", callbacks)} in {finding.BlockedIn}");
    }

    [GeneratedRegex("[!`_*<>+#]")]
    private static partial Regex Signs();
}
