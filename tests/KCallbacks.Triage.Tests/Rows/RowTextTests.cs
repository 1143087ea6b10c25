using System.Text;
using System.Text.Json;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Tests.Rows;

[TestClass]
public sealed class RowTextTests
{
    private static readonly TriageRow Full = new()
    {
        Path = "/store/2026/Ünïcode <b>.dmp",
        Size = 317_440,
        Modified = new DateTime(2026, 11, 26, 8, 30, 1, DateTimeKind.Utc),
        Sha256 = new string('a', 64),
        Outcome = TriageOutcome.Partial,
        Problem = "its list of modules is cut",
        Analyzed = new DateTime(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc),
        Milliseconds = 12,
        Tool = "0.1.0",
        Kind = "dump",
        Architecture = "x64",
        Program = "app.exe",
        Version = "1.2.3.4",
        ProcessId = 4660,
        Windows = "10.0.19041",
        Machine = "DESK-1",
        Made = new DateTime(2026, 11, 25, 8, 30, 1, DateTimeKind.Utc),
        State = "deadlock",
        Proof = "certain",
        Threads = 18,
        AtReturn = 1,
        InCallback = 2,
        Unknown = 3,
        MaxDepth = 4,
        Bucket = "0a1b2c3d",
        Family = "kc1|wndproc|lock",
        Signature = "kc1|wndproc|lock|app",
        Hung = new(0, 4321, 2, "WM_PAINT", "app!MainProc", "ntdll!NtWaitForAlertByThreadId"),
        Others = ["kc1|hook|lock|app"],
        Heads = [new(null, 77, 3, "likely")],
        Cycles = [[0, 4]],
    };

    [TestMethod]
    public void A_row_is_read_as_it_was_written()
    {
        Assert.IsTrue(RowText.TryRead(Encoding.ASCII.GetBytes(RowText.Write(Full)), out TriageRow? read));

        Assert.AreEqual(RowText.Write(Full), RowText.Write(read));
        Assert.AreEqual(Full.Path, read.Path);
        Assert.AreEqual(DateTimeKind.Utc, read.Modified!.Value.Kind);
        Assert.AreEqual(RowKey.Of(Full), RowKey.Of(read));
    }

    [TestMethod]
    public void A_line_is_ascii_and_has_the_members_that_the_document_lists()
    {
        string line = RowText.Write(Full);

        Assert.IsTrue(Ascii.IsValid(line));
        Assert.DoesNotContain('\n', line);
        StringAssert.StartsWith(line, """{"path":"/store/2026/\u00DCn\u00EFcode \u003Cb\u003E.dmp","size":317440,"modified":"2026-11-26T08:30:01Z",""");
        using JsonDocument json = JsonDocument.Parse(line);
        string[] members = [.. json.RootElement.EnumerateObject().Select(member => member.Name)];
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "store.md"));
        CollectionAssert.AreEqual(members, RowsOf(document));
    }

    [TestMethod]
    public void A_row_of_nothing_still_has_every_member()
    {
        string line = RowText.Write(new TriageRow { Path = "gone.dmp", Outcome = TriageOutcome.Unreadable });

        using JsonDocument json = JsonDocument.Parse(line);
        Assert.AreEqual(JsonValueKind.Null, json.RootElement.GetProperty("sha256").ValueKind);
        Assert.AreEqual(0, json.RootElement.GetProperty("others").GetArrayLength());
        Assert.AreEqual("unreadable", json.RootElement.GetProperty("outcome").GetString());
    }

    [TestMethod]
    public void A_whole_report_stands_beside_the_members()
    {
        string line = RowText.Write(Full, """{"schema":1,"threads":[]}""");

        using JsonDocument json = JsonDocument.Parse(line);
        Assert.AreEqual(1, json.RootElement.GetProperty("report").GetProperty("schema").GetInt32());
        Assert.IsTrue(RowText.TryRead(Encoding.ASCII.GetBytes(line), out TriageRow? read));
        Assert.AreEqual(RowText.Write(Full), RowText.Write(read));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("null")]
    [DataRow("[1]")]
    [DataRow("""{"path":"a"}""")]
    [DataRow("""{"path":"a","outcome":"of a later version"}""")]
    [DataRow("\0\0\0\0")]
    public void What_is_no_row_is_not_read(string line) => Assert.IsFalse(RowText.TryRead(Encoding.UTF8.GetBytes(line), out _));

    [TestMethod]
    public void Keys_differ_where_path_size_or_time_do()
    {
        RowKey[] keys =
        [
            RowKey.Of(Full),
            RowKey.Of(Full with { Path = "/store/2026/other.dmp" }),
            RowKey.Of(Full with { Size = 1 }),
            RowKey.Of(Full with { Size = null }),
            RowKey.Of(Full with { Modified = Full.Modified!.Value.AddSeconds(1) }),
            RowKey.Of(Full with { Modified = null }),
        ];

        Assert.AreEqual(keys.Length, keys.Distinct().Count());
        Assert.AreEqual(RowKey.Of(Full), RowKey.Of(Full with { Modified = Full.Modified!.Value.AddMilliseconds(1), Sha256 = null, Outcome = TriageOutcome.Ok }));
    }

    /// <summary>The first cells of the table of fields.</summary>
    private static string[] RowsOf(string document) =>
    [
        .. document.Split('\n').SkipWhile(line => !line.StartsWith("| field", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => line.Split('|')[1].Split(','))
            .Select(cell => cell.Trim().Trim('`')),
    ];
}
