using System.Globalization;
using DuckDB.NET.Data;
using KCallbacks.Triage.Buckets;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Tests.Buckets;

namespace KCallbacks.Queries.Tests;

/// <summary>What the document says to ask DuckDB is answered, and the answers are those of the report.</summary>
[TestClass]
public sealed class QueryTests
{
    private const int Rows = 1_000;

    private static readonly string Folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    private static StoreFolder _store = null!;
    private static List<List<object?[]>> _answers = null!;

    [ClassInitialize]
    public static void AskAll(TestContext context)
    {
        _store = GeneratedStore.Write(Path.Combine(Folder, "store"), Rows);
        AddFullAndDamagedRows();
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        _answers = [.. DocumentedQueries.For(_store.Path).Select(statement => Ask(duck, statement))];
    }

    [ClassCleanup]
    public static void Clean() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public void Every_statement_that_asks_has_an_answer()
    {
        Assert.HasCount(8, _answers);
        foreach (int asking in new[] { 1, 2, 3, 4, 6 })
            Assert.IsNotEmpty(_answers[asking], $"statement {asking + 1}");
    }

    [TestMethod]
    public void The_top_buckets_are_those_of_the_report()
    {
        BucketReport report = BucketReport.Of([_store], new BucketQuery(GroupKey.Bucket));
        string[] expected = [.. report.All.OrderByDescending(bucket => bucket.Count).ThenBy(bucket => bucket.Id, StringComparer.Ordinal).Take(20)
            .Select(bucket => $"{bucket.Id} {bucket.Key} {bucket.Count} {bucket.Machines}")];

        string[] found = [.. _answers[1].Select(row => string.Create(CultureInfo.InvariantCulture, $"{row[0]} {row[1]} {row[2]} {row[3]}"))];

        Assert.AreSequenceEqual(expected, found);
    }

    [TestMethod]
    public void What_is_new_and_gone_in_the_last_week_is_found()
    {
        Dictionary<string, string> changes = _answers[2].ToDictionary(row => (string)row[0]!, row => (string)row[3]!);

        Assert.AreEqual("new", changes["kc1|hook|lock|newhook"]);
        Assert.AreEqual("gone", changes["kc1|winevent|io|oldreader"]);
    }

    [TestMethod]
    public void Each_version_has_its_share()
    {
        TriageRow[] rows = [.. _store.Rows().Where(row => row.Program is not null).DistinctBy(RowKey.Of)];

        Assert.AreEqual(rows.Select(row => (row.Program, row.Version)).Distinct().Count(), _answers[3].Count);
        Assert.AreEqual(rows.Length, _answers[3].Sum(row => Convert.ToInt64(row[2], CultureInfo.InvariantCulture)));
    }

    [TestMethod]
    public void Whole_reports_in_rows_are_read()
    {
        object?[] row = _answers[4].Single();

        Assert.AreEqual("WM_PAINT", row[0]);
        Assert.AreEqual("shop!Proc", row[1]);
        Assert.AreEqual(2L, Convert.ToInt64(row[2], CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void Parquet_holds_the_same_rows()
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();

        object?[] counted = Ask(duck, $"SELECT count(*), count(bucket) FROM '{_store.Path}/dumps.parquet'").Single();

        Assert.AreEqual(_store.Rows().Select(RowKey.Of).Distinct().Count(), Convert.ToInt32(counted[0], CultureInfo.InvariantCulture));
        Assert.AreEqual(BucketReport.Of([_store], new BucketQuery(GroupKey.Bucket)).Hangs, Convert.ToInt64(counted[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Two rows with their reports, one that was done again, and the rest of a line that a crash left.</summary>
    private static void AddFullAndDamagedRows()
    {
        TriageRow[] rows = [.. _store.Rows().Take(3)];
        const string Report = """{"threads":[{"depth":1,"callbacks":[{"message":{"name":"WM_PAINT"},"handler":"shop!Proc"}]},{"depth":0,"callbacks":[]}]}""";
        File.AppendAllText(_store.RowFiles[0], string.Concat(
            RowText.Write(rows[0] with { Path = "/dumps/full-1.dmp" }, Report) + "\n",
            RowText.Write(rows[1] with { Path = "/dumps/full-2.dmp" }, Report) + "\n",
            RowText.Write(rows[2] with { Outcome = TriageOutcome.Timeout, Analyzed = rows[2].Analyzed.AddDays(1), Bucket = null, Signature = null, Family = null }) + "\n",
            "{\"path\":\"/dumps/cut.dmp\",\"size\":12"));
    }

    private static List<object?[]> Ask(DuckDBConnection duck, string statement)
    {
        using DuckDBCommand command = duck.CreateCommand();
        command.CommandText = statement;
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        return rows;
    }
}
