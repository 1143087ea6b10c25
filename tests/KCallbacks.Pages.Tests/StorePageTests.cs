using KCallbacks.Detection.Signatures;
using KCallbacks.Tool;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Tests.Buckets;
using Microsoft.Playwright;

namespace KCallbacks.Pages.Tests;

/// <summary>The page of a store in a real browser.</summary>
[TestClass]
public sealed class StorePageTests
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pages")).FullName;

    [TestMethod]
    public async Task A_store_shows_what_is_new_and_leads_from_a_bucket_to_the_command_that_opens_one()
    {
        await using OpenedPage opened = await OpenedPage.At(Write("triage", Generated("triage-store", 5_000), "--top", "6"));

        Assert.AreEqual(6, await opened.Page.Locator(".lane").CountAsync());
        Assert.StartsWith("New: ", await opened.Page.Locator("h2").First.TextContentAsync() ?? "");
        Assert.StartsWith("kc1|hook|lock|newhook", await opened.Page.Locator(".row").First.TextContentAsync() ?? "");
        await opened.Photograph("triage", wholePage: false);
        ILocator lane = opened.Page.Locator(".lane").First;
        await lane.Locator("summary").ClickAsync();
        Assert.StartsWith("kcallbacks analyze /dumps/", await lane.Locator("button").TextContentAsync() ?? "");
        Assert.IsTrue(await lane.Locator("svg").IsVisibleAsync());
        Assert.Contains("open=b", opened.Page.Url);
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task The_filter_finds_buckets_by_what_they_are_made_of()
    {
        await using OpenedPage opened = await OpenedPage.At(Write("triage-filter", Generated("triage-store", 5_000), "--top", "0"));

        await opened.Page.Keyboard.PressAsync("/");
        await opened.Page.Keyboard.TypeAsync("newhook");

        Assert.AreEqual(1, await opened.Page.Locator(".lane:visible").CountAsync());
        Assert.Contains("buckets", await opened.Page.Locator("#shown").TextContentAsync() ?? "");
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task Without_a_script_everything_can_be_read()
    {
        await using OpenedPage opened = await OpenedPage.At(Write("triage-plain", Generated("triage-store", 5_000), "--top", "0"), hasScript: false);

        await opened.Page.Locator(".lane summary").First.ClickAsync();
        Assert.IsTrue(await opened.Page.Locator(".lane button").First.IsVisibleAsync());
        Assert.IsGreaterThan(100, await opened.Page.Locator(".lane").CountAsync());
    }

    [TestMethod]
    public async Task Names_that_look_like_markup_stay_names()
    {
        const string Hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e&lt;<!--folded--></noscript>";
        StoreFolder store = StoreFolder.Create(Path.Combine(Folder, "hostile-store"));
        var row = new TriageRow
        {
            Path = $"/dumps/{Hostile}.dmp",
            Outcome = TriageOutcome.Ok,
            Made = GeneratedStore.End.AddDays(-1),
            Program = Hostile,
            Version = Hostile,
            Windows = Hostile,
            Machine = Hostile,
            State = Hostile,
            Signature = $"kc1|{Hostile}|{Hostile}|{Hostile}",
            Bucket = HangSignature.BucketOf(Hostile),
        };
        File.WriteAllText(Path.Combine(store.Path, "rows-1-of-1.jsonl"), RowText.Write(row) + "\n" + RowText.Write(row with { Path = "/b.dmp", Signature = Hostile }) + "\n");

        foreach (string by in new[] { "bucket", "program", "machine" })
        {
            await using OpenedPage opened = await OpenedPage.At(Write($"triage-hostile-{by}", store.Path, "--by", by));

            Assert.AreEqual(1, await opened.Page.Locator("script").CountAsync(), by);
            Assert.AreEqual(0, await opened.Page.Locator("img, iframe, link, object").CountAsync(), by);
            Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
        }
    }

    [TestMethod]
    public void The_same_store_gives_the_same_bytes()
    {
        string store = Generated("triage-store", 5_000);

        CollectionAssert.AreEqual(File.ReadAllBytes(Write("triage-once", store)), File.ReadAllBytes(Write("triage-again", store)));
    }

    private static string Generated(string name, int rows)
    {
        string folder = Path.Combine(Folder, name);
        if (!Directory.Exists(folder))
            GeneratedStore.Write(folder, rows);
        return folder;
    }

    private static string Write(string name, string store, params string[] options)
    {
        string path = Path.Combine(Folder, name + ".html");
        using var error = new StringWriter();
        ExitCode code = new ToolHost(Stream.Null, TextWriter.Null, error, TimeProvider.System).Run(
            ["triage", "report", store, "--compare", "2026-11-12", "--since", "2026-11-19", "--until", "2026-11-26", "--html", path, .. options]);
        Assert.AreEqual(ExitCode.Fine, code, error.ToString());
        return path;
    }
}
