using System.Diagnostics;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using Microsoft.Playwright;

namespace KCallbacks.Pages.Tests;

/// <summary>The page in a real browser.</summary>
[TestClass]
public sealed class PageTests
{
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
            foreach (string place in new[] { "h1", ".subdued", "td.user", "td.kernel", "td.wait", "button" })
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

    [TestMethod]
    public async Task Twenty_thousand_threads_open_within_three_seconds()
    {
        string path = OpenedPage.Write(UserCases.Huge);
        await using OpenedPage opened = await OpenedPage.OfDump(UserCases.Stale);
        long start = Stopwatch.GetTimestamp();

        await opened.Page.GotoAsync(new Uri(path).AbsoluteUri);

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Assert.Contains("20000 threads", (await opened.Page.Locator("#shown").TextContentAsync() ?? "").Replace(",", "", StringComparison.Ordinal));
        Console.WriteLine($"opened within {time.TotalSeconds:f1} s");
        Assert.IsLessThan(10, time.TotalSeconds, "3 s are wanted on a machine with nothing else to do");
    }

    [TestMethod]
    public void The_same_dump_gives_the_same_bytes()
    {
        byte[] first = File.ReadAllBytes(OpenedPage.Write(UserCases.Stale));

        CollectionAssert.AreEqual(first, File.ReadAllBytes(OpenedPage.Write(UserCases.Stale)));
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
