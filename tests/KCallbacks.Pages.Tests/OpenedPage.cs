using KCallbacks.Fixtures;
using KCallbacks.Reports;
using KCallbacks.Reports.Html;
using KCallbacks.Tool;
using Microsoft.Playwright;

namespace KCallbacks.Pages.Tests;

/// <summary>The page of a dump, written by the tool and opened in a browser without a network. Whatever it asks for or gets wrong is noted.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OpenedPage(IPlaywright playwright, IBrowser browser, IPage page, string path)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        Path = path;
        page.PageError += (_, error) => Troubles.Add(error);
        page.Console += (_, message) => Troubles.Add($"{message.Type}: {message.Text}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file://", StringComparison.Ordinal))
                Troubles.Add($"asks for {request.Url}");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Path of its file.</summary>
    public string Path { get; }

    /// <summary>Errors of its script, what the browser says, and what it fetches.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Opens the page of a dump.</summary>
    /// <param name="plan">The dump.</param>
    /// <param name="hash">The state in its address.</param>
    /// <param name="isDark">Whether the user wants it dark.</param>
    /// <param name="hasScript">Whether scripts run.</param>
    public static Task<OpenedPage> OfDump(DumpPlan plan, string hash = "", bool isDark = false, bool hasScript = true) => At(Write(plan), hash, isDark, hasScript);

    /// <summary>Opens a page that was written.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">The state in its address.</param>
    /// <param name="isDark">Whether the user wants it dark.</param>
    /// <param name="hasScript">Whether scripts run.</param>
    public static async Task<OpenedPage> At(string path, string hash = "", bool isDark = false, bool hasScript = true)
    {
        string? program = Browsers.FirstOrDefault(File.Exists);
        if (program is null)
            Assert.Inconclusive("Skipped: there is no Chromium here. Install it with: apt-get install --yes chromium");
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            Offline = true,
            JavaScriptEnabled = hasScript,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = 1280, Height = 1000 },
        });
        var opened = new OpenedPage(playwright, browser, await context.NewPageAsync(), path);
        await opened.Page.GotoAsync(new Uri(path).AbsoluteUri + hash);
        return opened;
    }

    /// <summary>Has the tool write the page of a dump.</summary>
    public static string Write(DumpPlan plan)
    {
        string dump = FixtureFolder.OfRepository.Generate(plan).Path;
        string path = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "pages")).FullName, plan.Name + ".html");
        using var error = new StringWriter();
        new ToolHost(Stream.Null, TextWriter.Null, error, TimeProvider.System).Run(["analyze", dump, "--html", path]);
        Assert.IsTrue(File.Exists(path), error.ToString());
        return path;
    }

    /// <summary>Writes the page of a report.</summary>
    public static string Write(string name, Report report)
    {
        string path = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "pages")).FullName, name + ".html");
        File.WriteAllLines(path, HtmlReport.Lines(report));
        return path;
    }

    /// <summary>Keeps a picture of it.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> Photograph(string name, bool wholePage = true)
    {
        string path = System.IO.Path.Combine(AppContext.BaseDirectory, "pages", name + ".png");
        await Page.ScreenshotAsync(new() { Path = path, FullPage = wholePage });
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
