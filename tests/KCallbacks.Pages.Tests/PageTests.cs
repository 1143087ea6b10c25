using System.Buffers.Binary;
using System.Diagnostics;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using Microsoft.Playwright;

namespace KCallbacks.Pages.Tests;

/// <summary>The page in a real browser.</summary>
[TestClass]
public sealed class PageTests
{
    private static readonly string[] Coloured = ["h1", "h2", ".facts", ".subdued", "th", "td.user", "td.kernel", "td.wait", "summary", ".row", "label"];

    [TestMethod]
    public async Task A_lane_leads_through_the_callbacks_to_the_wait()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Nested(WindowsLayout.Windows10));

        ILocator lane = opened.Page.Locator("#t3");
        string[] user = [.. (await lane.Locator("tr").Nth(0).Locator("td.user").AllTextContentsAsync()).Skip(1)];
        string[] kernel = [.. await lane.Locator("tr").Nth(1).Locator("td.kernel").AllTextContentsAsync()];
        Assert.HasCount(3, user);
        Assert.HasCount(3, kernel);
        Assert.StartsWith("WM_USER+0x1 ", user[0]);
        Assert.StartsWith("WM_USER+0x3 ", user[2]);
        Assert.AreEqual("NtUserMessageCall", kernel[0]);
        Assert.AreEqual(1, await lane.Locator("td.wait").CountAsync());
        await opened.Photograph("nested");
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task The_filter_hides_what_does_not_fit_and_is_in_the_address()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10));
        int all = await opened.Page.Locator(".lane:visible").CountAsync();

        await opened.Page.Keyboard.PressAsync("/");
        await opened.Page.Keyboard.TypeAsync("enumeration");

        Assert.AreEqual(1, await opened.Page.Locator(".lane:visible").CountAsync());
        Assert.IsGreaterThan(1, all);
        Assert.Contains("1 of 18 threads", await opened.Page.Locator("#shown").TextContentAsync() ?? "");
        Assert.EndsWith("#q=enumeration", opened.Page.Url);
        await opened.Page.ReloadAsync();
        Assert.AreEqual(1, await opened.Page.Locator(".lane:visible").CountAsync());
        await opened.Page.Locator("#filter").FocusAsync();
        await opened.Page.Keyboard.PressAsync("Escape");
        Assert.AreEqual(all, await opened.Page.Locator(".lane:visible").CountAsync());
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task The_keyboard_goes_through_the_threads_and_opens_one()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10));

        await opened.Page.Keyboard.PressAsync("j");
        await opened.Page.Keyboard.PressAsync("j");
        await opened.Page.Keyboard.PressAsync("Enter");

        Assert.IsTrue(await opened.Page.Locator(".lane").Nth(1).Locator("pre").IsVisibleAsync());
        Assert.IsFalse(await opened.Page.Locator(".lane").Nth(0).Locator("pre").IsVisibleAsync());
        Assert.Contains("callback 1", await opened.Page.Locator(".lane").Nth(1).Locator("pre").TextContentAsync() ?? "");
        Assert.Contains("open=t", opened.Page.Url);
    }

    [TestMethod]
    public async Task It_is_dark_where_that_is_wanted_and_can_be_read()
    {
        await using OpenedPage light = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10));
        await using OpenedPage dark = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10), isDark: true);

        Assert.AreNotEqual(await Background(light), await Background(dark));
        foreach (OpenedPage opened in new[] { light, dark })
        {
            foreach (string place in Coloured)
                Assert.IsGreaterThanOrEqualTo(4.5, await ContrastOf(opened, place), place);
        }

        await light.Photograph("shapes");
        await dark.Photograph("shapes-dark");
    }

    [TestMethod]
    public async Task Without_a_script_everything_can_be_read()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10), hasScript: false);

        Assert.IsFalse(await opened.Page.Locator(".tools").IsVisibleAsync());
        await opened.Page.Locator(".lane summary").First.ClickAsync();
        Assert.IsTrue(await opened.Page.Locator(".lane pre").First.IsVisibleAsync());
    }

    [TestMethod]
    public async Task Names_that_look_like_markup_stay_names()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.HostileNames);

        Assert.AreEqual(1, await opened.Page.Locator("script").CountAsync());
        Assert.AreEqual(0, await opened.Page.Locator("img, iframe, link, object").CountAsync());
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    /// <summary>What is built when a page opens is bounded, so the time is, too; on a machine that is busy a small page tells how much.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Twenty_thousand_threads_open_within_three_seconds(bool areDifferent)
    {
        string path = areDifferent ? OpenedPage.Write("different", ManyReports.AllDifferent(20_000)) : OpenedPage.Write(UserCases.Huge);
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Stale);
        TimeSpan small = await TimeToOpen(opened, opened.Path);

        TimeSpan large = await TimeToOpen(opened, path);

        Console.WriteLine($"{new FileInfo(path).Length >> 10:N0} KB opened within {large.TotalSeconds:f2} s, a small page within {small.TotalSeconds:f2} s");
        Assert.AreEqual("20000 threads", await opened.Page.Locator("#shown").TextContentAsync());
        Assert.IsLessThan(8_000, await opened.Page.EvaluateAsync<int>("document.getElementsByTagName('*').length"));
        Assert.IsLessThan(Math.Max(3, 10 * small.TotalSeconds), large.TotalSeconds);
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task A_thread_that_is_not_built_yet_is_found_by_filter_address_and_keyboard()
    {
        string path = OpenedPage.Write("different", ManyReports.AllDifferent(20_000));
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Stale, hash: "");
        await opened.Page.GotoAsync(new Uri(path).AbsoluteUri);
        Assert.AreEqual(0, await opened.Page.Locator("#t15000").CountAsync());

        await opened.Page.Locator("#filter").FillAsync("app!Procedure15000");

        Assert.AreEqual("1 of 20000 threads", await opened.Page.Locator("#shown").TextContentAsync());
        await opened.Page.Locator("#t15000").WaitForAsync(new() { State = WaitForSelectorState.Visible });
        Assert.AreEqual(1, await opened.Page.Locator(".lane:visible").CountAsync());
        await opened.Page.Locator("#filter").PressAsync("Escape");
        await opened.Page.EvaluateAsync("location.hash = '#t9000'");
        await opened.Page.Locator("#t9000 button").First.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        await opened.Page.Locator("#t9000 summary").First.FocusAsync();
        for (int i = 0; i < 60; i++)
            await opened.Page.Keyboard.PressAsync("j");
        Assert.AreEqual("t9060", await opened.Page.EvaluateAsync<string>("document.activeElement.closest('.lane').id"));
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task Threads_that_came_the_same_way_share_a_lane_which_unfolds()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(WaitCases.Crowd);
        ILocator lane = opened.Page.Locator(".lane").Filter(new() { HasText = "x 2000" });
        Assert.IsLessThan(10, await opened.Page.Locator(".lane").CountAsync());

        await lane.Locator("summary").First.ClickAsync();
        await lane.Locator(".alike > summary").ClickAsync();

        ILocator others = lane.Locator(".thread");
        await others.Nth(7).WaitForAsync();
        Assert.IsGreaterThan(1_000, await others.CountAsync());
        await others.Nth(7).Locator("summary").ClickAsync();
        Assert.IsTrue(await others.Nth(7).Locator("pre").IsVisibleAsync());
        Assert.Contains("open=", opened.Page.Url);
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task The_buttons_copy_the_commands_of_the_debugger()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10));
        await opened.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await opened.Page.Locator(".lane summary").First.ClickAsync();
        ILocator buttons = opened.Page.Locator(".lane").First.Locator("button");
        string[] commands = [.. await buttons.AllTextContentsAsync()];
        Assert.HasCount(2, commands);

        for (int i = 0; i < commands.Length; i++)
        {
            await buttons.Nth(i).ClickAsync();
            await buttons.Nth(i).And(opened.Page.Locator("[data-done]")).WaitForAsync();
            Assert.AreEqual(commands[i], await opened.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        }

        Assert.StartsWith("~~[", commands[0]);
        Assert.StartsWith("!kcallbacks -v -t ~~[", commands[1]);
        Assert.IsEmpty(opened.Troubles, string.Join('\n', opened.Troubles));
    }

    [TestMethod]
    public async Task On_paper_everything_is_unfolded_and_black_on_white()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Shapes(WindowsLayout.Windows10), isDark: true);

        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");

        Assert.IsFalse(await opened.Page.Locator(".tools").IsVisibleAsync());
        Assert.AreEqual(await opened.Page.Locator(".lane pre").CountAsync(), await opened.Page.Locator(".lane pre:visible").CountAsync());
        Assert.AreEqual("rgb(255, 255, 255)", await Background(opened));
        foreach (string place in Coloured)
            Assert.IsGreaterThanOrEqualTo(4.5, await ContrastOf(opened, place), place);
    }

    /// <summary>Pictures differ with the fonts of a machine, so the one of the README is replaced only where snapshots are made anew.</summary>
    [TestMethod]
    public async Task The_picture_of_the_readme_is_taken_here()
    {
        await using OpenedPage opened = await OpenedPage.OfDump(WaitCases.WindowAndSection(WindowsLayout.Windows10));
        await opened.Page.SetViewportSizeAsync(1100, 900);
        // Where the dump lies on this machine is nobody's business.
        await opened.Page.EvaluateAsync("() => { const facts = document.querySelector('.facts'); facts.textContent = facts.textContent.replace(/^[^|]*[/\\\\]/, ''); }");
        string picture = await opened.Photograph("report");
        string shown = Path.Combine(FixtureFolder.RepositoryRoot, "docs", "pictures", "report.png");

        if (Environment.GetEnvironmentVariable("KCALLBACKS_UPDATE_SNAPSHOTS") == "1")
            File.Copy(picture, shown, overwrite: true);

        Assert.Contains("docs/pictures/report.png", File.ReadAllText(Path.Combine(FixtureFolder.RepositoryRoot, "README.md")));
        Assert.AreEqual(WidthOf(picture), WidthOf(shown));
    }

    [TestMethod]
    public void The_same_dump_gives_the_same_bytes()
    {
        byte[] first = File.ReadAllBytes(OpenedPage.Write(UserCases.Stale));

        CollectionAssert.AreEqual(first, File.ReadAllBytes(OpenedPage.Write(UserCases.Stale)));
    }

    /// <summary>The width in a PNG's header.</summary>
    private static int WidthOf(string png) => BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(png).AsSpan(16));

    private static async Task<TimeSpan> TimeToOpen(OpenedPage opened, string path)
    {
        long start = Stopwatch.GetTimestamp();
        await opened.Page.GotoAsync(new Uri(path).AbsoluteUri);
        await opened.Page.Locator("#shown").WaitForAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static Task<string> Background(OpenedPage opened) => opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    /// <summary>Contrast of text and the nearest background below it (WCAG 2.2, 1.4.3).</summary>
    private static Task<double> ContrastOf(OpenedPage opened, string selector) => opened.Page.EvaluateAsync<double>(
        """
        selector => {
          const luminance = colour => {
            const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const element = document.querySelector(selector);
          const text = luminance(getComputedStyle(element).color);
          let behind = element;
          while (behind && /, 0\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
          const page = luminance(getComputedStyle(behind || document.body).backgroundColor);
          return (Math.max(text, page) + 0.05) / (Math.min(text, page) + 0.05);
        }
        """,
        selector);
}
