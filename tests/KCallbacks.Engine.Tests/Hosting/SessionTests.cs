using System.Diagnostics;
using KCallbacks.DbgX;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.ReportModel;

namespace KCallbacks.Engine.Tests.Hosting;

/// <summary>The library for hosts of DbgX and its sample, compiled against a stand-in for the package over the engine host: a real engine opens a dump.</summary>
[TestClass]
public sealed class SessionTests
{
    private static readonly SessionOptions Options = new() { Extension = Paths.Extension };
    private static string s_dump = "";
    private static string s_symbols = "";

    [ClassInitialize]
    public static void Generate(TestContext context)
    {
        _ = EngineRun.Platform; // Makes Wine's folder.
        foreach ((string variable, string path) in StandIn)
            Environment.SetEnvironmentVariable(variable, path);
        (UserDump dump, s_dump) = FixtureFolder.OfRepository.Generate(WaitCases.WindowAndSection(WindowsLayout.Windows10));
        s_symbols = string.Join(';', dump.SymbolPath);
    }

    [TestMethod]
    public async Task A_dump_is_scanned_into_typed_records()
    {
        var progress = new Steps();
        await using CallbackSession session = await CallbackSession.OpenDumpAsync(s_dump, Options with { SymbolPath = s_symbols }, progress);

        CallbackReport report = await session.ScanAsync();

        Assert.AreEqual(ReportedState.Deadlock, report.Result!.State);
        Assert.AreEqual("engine", report.Source.Kind);
        ReportedThread waiter = report.ThreadAt(report.Findings[0].Cycle[0])!;
        Assert.AreEqual("app!ChildWndProc", waiter.Callbacks[0].Handler);
        Assert.AreEqual(report.Findings[0].Cycle[1], waiter.WaitsFor[0].Owners[0].Position);
        CollectionAssert.AreEqual(
            (SessionStep[])[SessionStep.OpeningTarget, SessionStep.LoadingExtension, SessionStep.Ready, SessionStep.Scanning], progress.Begun);
        Assert.IsNotEmpty(progress.Output);
    }

    [TestMethod]
    public async Task Options_of_the_command_are_passed_on_and_others_are_refused()
    {
        await using CallbackSession session = await CallbackSession.OpenDumpAsync(s_dump, Options with { IsSecure = true });

        Assert.HasCount(1, (await session.ScanAsync("-t 1")).Threads);
        Assert.Contains("is -walk meant?", (await Assert.ThrowsExactlyAsync<CallbackSessionException>(() => session.ScanAsync("-wlk"))).Message);
        Assert.Contains("secure mode", (await Assert.ThrowsExactlyAsync<CallbackSessionException>(() => session.ScanAsync("-record x"))).Message);
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => session.ScanAsync("-a; q"));
        Assert.HasCount(2, (await session.ScanAsync("-t 0,1")).Threads);
    }

    [TestMethod]
    public async Task What_is_not_there_is_named()
    {
        Assert.Contains("There is no dump ", (await FailureOf("nowhere.dmp", Options)).Message);
        Assert.Contains("There is no extension ", (await FailureOf(s_dump, Options with { Extension = "nowhere.dll" })).Message);
        Assert.Contains("could not open the dump ", (await FailureOf(typeof(SessionTests).Assembly.Location.Replace(".dll", ".deps.json"), Options)).Message);
    }

    [TestMethod]
    public async Task A_library_that_is_no_extension_is_named()
    {
        string other = Path.Combine(Paths.Images, "dbghelp.dll");

        Assert.Contains($"did not load {other}", (await FailureOf(s_dump, Options with { Extension = other })).Message);
    }

    [TestMethod]
    public async Task Cancelling_ends_the_wait_and_the_session()
    {
        (_, string large) = FixtureFolder.OfRepository.Generate(UserCases.LargeQuiet);
        using var stop = new CancellationTokenSource();
        CallbackSession session = await CallbackSession.OpenDumpAsync(large, Options);
        Task<CallbackReport> scan = session.ScanAsync("-walk", stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => scan);
        Assert.Contains("given up", (await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => session.ScanAsync())).Message);
        await session.DisposeAsync();
        await session.DisposeAsync();
        Assert.Contains("disposed", (await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => session.ScanAsync())).Message);
    }

    [TestMethod]
    public async Task What_is_cancelled_before_it_begins_opens_nothing()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => CallbackSession.OpenDumpAsync(s_dump, Options, cancellation: new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public async Task An_engine_that_is_gone_is_told()
    {
        await using CallbackSession session = await CallbackSession.OpenDumpAsync(s_dump, Options);
        global::DbgX.HostedEngine.Latest!.Kill();

        Assert.Contains("engine ended while", (await Assert.ThrowsExactlyAsync<CallbackSessionException>(() => session.ScanAsync())).Message);
    }

    [TestMethod]
    public async Task The_sample_program_says_what_hangs()
    {
        (int code, string output, string errors) = await RunSample(s_dump, Paths.Extension, s_symbols);

        Assert.AreEqual(0, code, errors);
        Assert.StartsWith("Deadlock: threads 0 and 1 wait for each other", output);
        Assert.Contains("  thread 0: WM_USER+0x1 in app!ChildWndProc, waits for critical-section app!g_first of thread 1", output);
        Assert.Contains(nameof(SessionStep.Scanning), errors);
    }

    [TestMethod]
    public async Task The_sample_program_says_what_is_wrong()
    {
        (int code, string output, string errors) = await RunSample("nowhere.dmp", Paths.Extension);

        Assert.AreEqual(1, code);
        Assert.AreEqual("", output);
        Assert.Contains("There is no dump ", errors);
        Assert.AreEqual(2, (await RunSample()).Code);
    }

    private static (string, string)[] StandIn =>
        [("KCALLBACKS_ENGINE_HOST", Paths.Host), ("KCALLBACKS_WINE_PREFIX", Paths.WinePrefix)];

    private static Task<CallbackSessionException> FailureOf(string dump, SessionOptions options) =>
        Assert.ThrowsExactlyAsync<CallbackSessionException>(() => CallbackSession.OpenDumpAsync(dump, options));

    private static async Task<(int Code, string Output, string Errors)> RunSample(params string[] arguments)
    {
        string program = typeof(CallbackSession).Assembly.Location;
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = run.StandardError.ReadToEndAsync();
        string output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return (run.ExitCode, output, await errors);
    }

    private sealed class Steps : IProgress<SessionProgress>
    {
        public List<SessionStep> Begun { get; } = [];

        public string Output { get; private set; } = "";

        public void Report(SessionProgress value)
        {
            Output += value.Output;
            if (value.Output is null)
                Begun.Add(value.Step);
        }
    }
}
