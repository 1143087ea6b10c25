using KCallbacks.Detection.Signatures;
using KCallbacks.Triage.Buckets;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Buckets;

/// <summary>What a report counts.</summary>
[TestClass]
public sealed class BucketReportTests
{
    private const string Lock = "kc1|wndproc|lock|app";
    private const string Object = "kc1|wndproc|object|app";

    private static readonly DateTime Monday = new(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc);

    private static readonly BucketQuery Everything = new(GroupKey.Bucket);

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_most_frequent_bucket_is_the_first_with_machines_versions_and_times()
    {
        BucketReport report = Of(Everything, Hang(1, Object), Hang(2, Lock, "PC1", "1.0"), Hang(3, Lock, "PC2", "1.1"), Hang(4, Lock, "PC2", "1.1"), Hang(5, null));

        Assert.AreEqual(5, report.Inputs);
        Assert.AreEqual(4, report.Hangs);
        Assert.AreSequenceEqual([Lock, Object], report.Buckets.Select(bucket => bucket.Key));
        Bucket first = report.Buckets[0];
        Assert.AreEqual(3, first.Count);
        Assert.AreEqual(2, first.Machines);
        Assert.AreSequenceEqual([new BucketShare("1.1", 2), new BucketShare("1.0", 1)], first.Versions);
        Assert.AreEqual(Monday.AddDays(2), first.First);
        Assert.AreEqual(Monday.AddDays(4), first.Last);
        Assert.AreEqual(HangSignature.BucketOf(Lock), first.Id);
    }

    [TestMethod]
    public void A_period_is_closed_at_its_beginning_and_open_at_its_end() =>
        Assert.AreEqual(2, Of(Everything with { Since = Monday.AddDays(2), Until = Monday.AddDays(4) }, Hang(1, Lock), Hang(2, Lock), Hang(3, Lock), Hang(4, Lock)).Hangs);

    [TestMethod]
    public void Buckets_are_new_gone_back_grown_or_fallen_against_the_earlier_period()
    {
        BucketQuery weeks = Everything with { ComparedSince = Monday, Since = Monday.AddDays(7), Until = Monday.AddDays(14) };

        BucketReport report = Of(weeks,
        [
            Hang(8, "kc1|hook|lock|new"),
            Hang(1, "kc1|hook|lock|gone"),
            Hang(-20, "kc1|hook|lock|back"), Hang(8, "kc1|hook|lock|back"),
            Hang(1, "kc1|hook|lock|grown"), .. Hangs(8, "kc1|hook|lock|grown", 20),
            .. Hangs(1, "kc1|hook|lock|fallen", 20), Hang(8, "kc1|hook|lock|fallen"),
            .. Hangs(1, "kc1|hook|lock|chance", 4), .. Hangs(8, "kc1|hook|lock|chance", 7),
        ]);

        Dictionary<string, BucketChange> changes = report.All.ToDictionary(bucket => bucket.Key.Split('|')[3], bucket => bucket.Change);
        Assert.AreEqual(BucketChange.New, changes["new"]);
        Assert.AreEqual(BucketChange.Gone, changes["gone"]);
        Assert.AreEqual(BucketChange.Back, changes["back"]);
        Assert.AreEqual(BucketChange.Grown, changes["grown"]);
        Assert.AreEqual(BucketChange.Fallen, changes["fallen"]);
        Assert.AreEqual(BucketChange.None, changes["chance"]);
        Assert.AreEqual(26, report.EarlierInputs);
    }

    [TestMethod]
    public void Machines_and_the_example_are_of_the_period_where_it_has_hangs()
    {
        BucketQuery weeks = Everything with { ComparedSince = Monday, Since = Monday.AddDays(7), Until = Monday.AddDays(14) };
        const string Gone = "kc1|hook|lock|gone";

        BucketReport report = Of(weeks, Hang(1, Lock, "PC1"), Hang(8, Lock, "PC2") with { Size = 900 }, Hang(2, Lock, "PC3"), Hang(1, Gone, "PC1"));

        Bucket bucket = report.All.Single(bucket => bucket.Key == Lock);
        Assert.AreEqual(1, bucket.Machines);
        Assert.AreEqual($"/dumps/{Lock}-8.dmp", bucket.Example!.Path);
        Assert.AreEqual(1, report.All.Single(bucket => bucket.Key == Gone).Machines);
    }

    [TestMethod]
    public void A_partial_bucket_stands_under_the_one_full_bucket_that_it_fits()
    {
        BucketReport report = Of(Everything, Hang(1, Lock), Hang(2, "kc1|*/wndproc|lock|?"), Hang(3, Object), Hang(4, "kc1|wndproc|?|app"));

        Assert.AreSequenceEqual([Object, Lock, "kc1|wndproc|?|app"], report.Buckets.Select(bucket => bucket.Key).OrderByDescending(key => key, StringComparer.Ordinal), "the one that fits both stands by itself");
        Bucket full = report.Buckets.Single(bucket => bucket.Key == Lock);
        Assert.AreEqual(1, full.Count, "counts are not added up");
        Assert.AreSequenceEqual(["kc1|*/wndproc|lock|?"], full.Partials.Select(bucket => bucket.Key));
    }

    [TestMethod]
    public void A_partial_bucket_of_another_program_stands_by_itself()
    {
        BucketReport report = Of(Everything, Hang(1, Lock), Hang(2, "kc1|wndproc|lock|?") with { Program = "other.exe" });

        Assert.HasCount(2, report.Buckets);
    }

    [TestMethod]
    public void An_input_counts_once_whatever_stores_have_it_and_the_row_that_says_something_counts()
    {
        TriageRow row = Hang(1, Lock);
        StoreFolder first = Store("a", row, Hang(2, Lock));
        StoreFolder second = Store("b", row with { Outcome = TriageOutcome.Timeout, Signature = null, Analyzed = row.Analyzed.AddDays(1) });

        Assert.AreEqual(2, BucketReport.Of([first, second], Everything).Hangs);
        Assert.AreEqual(2, BucketReport.Of([second, first], Everything).Hangs);
        Assert.AreEqual(2, BucketReport.Of([first, first], Everything).Inputs);
    }

    [TestMethod]
    [DataRow(GroupKey.Family, "kc1|wndproc|lock")]
    [DataRow(GroupKey.Program, "app.exe")]
    [DataRow(GroupKey.Version, "app.exe 1.0")]
    [DataRow(GroupKey.Windows, "10.0.19041")]
    [DataRow(GroupKey.Machine, "PC1")]
    public void Hangs_are_counted_by_what_was_asked(GroupKey by, string expected)
    {
        Bucket bucket = Of(new BucketQuery(by), Hang(1, Lock), Hang(2, "kc1|wndproc|lock|other")).Buckets.Single();

        Assert.AreEqual(expected, bucket.Key);
        Assert.AreEqual(2, bucket.Count);
        Assert.IsNull(bucket.Id);
    }

    [TestMethod]
    public void The_example_is_a_whole_small_file_with_the_command_that_opens_it()
    {
        BucketReport report = Of(Everything, Hang(1, Lock) with { Size = 10, Outcome = TriageOutcome.Partial }, Hang(2, Lock) with { Size = 30 }, Hang(3, Lock) with { Path = "/dumps/it's here.dmp", Size = 20 });

        Assert.AreEqual(@"kcallbacks analyze '/dumps/it'\''s here.dmp' -v -t 3", report.Buckets[0].Example!.Command);
    }

    [TestMethod]
    public void An_example_in_an_archive_opens_the_archive() =>
        Assert.AreEqual("kcallbacks analyze /dumps/a.zip", Of(Everything, Hang(1, Lock) with { Path = "/dumps/a.zip/deep/b.dmp" }).Buckets[0].Example!.Command);

    [TestMethod]
    public void Lines_that_are_no_rows_are_told_and_a_last_line_without_an_end_is_none()
    {
        StoreFolder store = Store("a", Hang(1, Lock), Hang(2, Lock));
        string file = store.RowFiles.Single();
        File.AppendAllText(file, "{\"path\":\"/x\",\"outc\n\n[1]\nnonsense\n" + RowText.Write(Hang(3, Lock)) + "\n{\"path\":\"/unfinished\"");

        BucketReport report = BucketReport.Of([store], Everything);

        Assert.AreEqual(3, report.Hangs);
        Assert.AreEqual(4, report.Damaged);
    }

    [TestMethod]
    public void Rows_are_read_once_wherever_the_pieces_of_a_file_end()
    {
        StoreFolder store = GeneratedStore.Write(Path.Combine(_folder, "large"), 60_000);

        BucketReport report = BucketReport.Of([store], Everything);

        Assert.IsGreaterThan(2 * 16 << 20, new FileInfo(store.RowFiles[0]).Length, "several pieces");
        Assert.AreEqual(60_000, report.Inputs);
        Assert.AreEqual(0, report.Damaged);
        Assert.AreEqual(report.Hangs, report.All.Sum(bucket => bucket.Count));
        Assert.AreEqual(store.Rows().Count(row => row.Signature is not null), report.Hangs);
    }

    [TestMethod]
    public void An_empty_store_has_an_empty_report()
    {
        BucketReport report = BucketReport.Of([StoreFolder.Create(Path.Combine(_folder, "none"))], Everything);

        Assert.AreEqual("0 inputs: 0 hang, in 0 buckets.", BucketText.Lines(report, 20).Single());
    }

    private BucketReport Of(BucketQuery query, params TriageRow[] rows) => BucketReport.Of([Store("store", rows)], query);

    private StoreFolder Store(string name, params TriageRow[] rows)
    {
        StoreFolder store = StoreFolder.Create(Path.Combine(_folder, name));
        File.WriteAllLines(store.RowFileOf(Shard.Whole), rows.Select(row => RowText.Write(row)));
        return store;
    }

    private static IEnumerable<TriageRow> Hangs(int day, string signature, int count) =>
        Enumerable.Range(0, count).Select(number => Hang(day, signature) with { Path = $"/dumps/{signature}-{day}-{number}.dmp" });

    private static TriageRow Hang(int day, string? signature, string machine = "PC1", string version = "1.0") => new()
    {
        Path = $"/dumps/{signature}-{day}.dmp",
        Size = 100,
        Modified = Monday.AddDays(day).AddHours(1),
        Outcome = TriageOutcome.Ok,
        Analyzed = Monday,
        Program = "app.exe",
        Version = version,
        Windows = "10.0.19041",
        Machine = machine,
        Made = Monday.AddDays(day),
        State = "blocked",
        Bucket = signature is null ? null : HangSignature.BucketOf(signature),
        Family = signature?[..signature.LastIndexOf('|')],
        Signature = signature,
        Hung = signature is null ? null : new(3, 0x10, 1, null, null, null),
    };
}
