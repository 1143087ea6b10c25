using System.Text.RegularExpressions;
using DbgX;
using DbgX.Interfaces.Events;
using DbgX.Interfaces.Services;
using DbgX.Requests;
using DbgX.Requests.Initialization;
using KCallbacks.ReportModel;

namespace KCallbacks.DbgX;

/// <summary>A session of the debugger, hosted through DbgX, with the extension loaded. Dispose it to end the engine's process.</summary>
public sealed partial class CallbackSession : IAsyncDisposable
{
    private const string Command = "!kcallbacks";

    private readonly EngineThread _thread;
    private readonly SessionOptions _options;
    private readonly IProgress<SessionProgress>? _progress;
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DebugEngine? _engine;
    private SessionStep _step;
    private string? _end;

    private CallbackSession(SessionOptions options, IProgress<SessionProgress>? progress)
    {
        _options = options;
        _progress = progress;
        _thread = new EngineThread();
    }

    /// <summary>Opens a dump and loads the extension.</summary>
    /// <param name="dump">Path of the dump.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is, on the engine's thread.</param>
    /// <param name="cancellation">Gives up: the engine is ended.</param>
    /// <exception cref="CallbackSessionException">It cannot be opened; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<CallbackSession> OpenDumpAsync(
        string dump, SessionOptions options, IProgress<SessionProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = Existing(dump, "dump");
        return OpenAsync($"the dump {path}", (engine, how) => engine.SendRequestAsync(new OpenDumpFileRequest(path, how), cancellation), path, options, progress, cancellation);
    }

    /// <summary>Starts a program under the debugger, which stops it at its initial breakpoint, and loads the extension.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments, quoted as the program wants them.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is, on the engine's thread.</param>
    /// <param name="cancellation">Gives up: the engine is ended, and the program with it.</param>
    /// <exception cref="CallbackSessionException">It cannot be started; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<CallbackSession> StartProgramAsync(
        string program, string arguments, SessionOptions options, IProgress<SessionProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = Existing(program, "program");
        return OpenAsync($"the program {path}", (engine, how) => engine.SendRequestAsync(new CreateProcessRequest(path, arguments, how), cancellation), path, options, progress, cancellation);
    }

    /// <summary>Scans the session and reads what was found.</summary>
    /// <param name="arguments">Further options of <c>!kcallbacks</c>, for example <c>-p *</c> of a kernel session; empty for none.</param>
    /// <param name="cancellation">Gives up waiting: the session cannot be used any more, dispose it.</param>
    /// <exception cref="CallbackSessionException">The session cannot be scanned; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<CallbackReport> ScanAsync(string arguments = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.AsSpan().IndexOfAny(";\r\n") >= 0)
            throw new ArgumentException("A semicolon or a new line would begin another command of the debugger.", nameof(arguments));
        Begin(SessionStep.Scanning);
        string output = await AskAsync($"{Command} -json {arguments}".TrimEnd(), cancellation).ConfigureAwait(false);
        return ReportIn(output);
    }

    /// <summary>Ends the engine.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end == Disposed)
            return;
        _end = Disposed;
        try
        {
            await _thread.RunAsync(EndAsync).WaitAsync(_options.ShutdownLimit * 2).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException || _disconnected.Task.IsCompleted)
        {
            // An engine that does not end in twice its time is left to the end of this process; one that is gone cannot be ended.
        }
        finally
        {
            _thread.Dispose();
        }
    }

    private const string Disposed = "The session was disposed. Open another one.";

    private static async Task<CallbackSession> OpenAsync(
        string target,
        Func<DebugEngine, EngineOptions, Task> open,
        string path,
        SessionOptions options,
        IProgress<SessionProgress>? progress,
        CancellationToken cancellation)
    {
        string extension = Existing(options.Extension, "extension");
        cancellation.ThrowIfCancellationRequested();
        var session = new CallbackSession(options, progress);
        try
        {
            session.Begin(SessionStep.OpeningTarget);
            await session.CallAsync($"open {target}", engine => open(engine, session.EngineOptionsOf(path)), cancellation).ConfigureAwait(false);
            await session.LoadAsync(extension, cancellation).ConfigureAwait(false);
            session.Begin(SessionStep.Ready);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The engine's own answer to <c>.load</c> differs by version; that the extension answers tells.</summary>
    private async Task LoadAsync(string extension, CancellationToken cancellation)
    {
        Begin(SessionStep.LoadingExtension);
        // Links of DML would stand in the text that is read.
        await AskAsync(".prefer_dml 0", cancellation).ConfigureAwait(false);
        string said = await AskAsync($".load {extension}", cancellation).ConfigureAwait(false);
        string answer = await AskAsync($"{Command} -version", cancellation).ConfigureAwait(false);
        if (!VersionLine().IsMatch(answer))
            throw new CallbackSessionException($"The debugger did not load {extension}: {OneLine(said.Trim().Length > 0 ? said : answer)} Is it the DLL for this engine's processor?");
    }

    private Task<string> AskAsync(string command, CancellationToken cancellation) =>
        CallAsync($"run {command}", engine => engine.SendRequestAsync(new ExecuteToStringRequest(command), cancellation), cancellation);

    private async Task CallAsync(string what, Func<DebugEngine, Task> call, CancellationToken cancellation) => await CallAsync(what, async engine =>
    {
        await call(engine);
        return true;
    }, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Calls the engine on its thread. Nothing says that DbgX ends a request that is cancelled or whose engine is gone, so it is not waited for;
    /// then the session is over, because what the engine does now is not known.
    /// </summary>
    private async Task<T> CallAsync<T>(string what, Func<DebugEngine, Task<T>> call, CancellationToken cancellation)
    {
        if (_end is { } end)
            throw new InvalidOperationException(end);
        Task<T> answer = _thread.RunAsync(() => call(_engine ??= MakeEngine()));
        try
        {
            Task first = await Task.WhenAny(answer, _disconnected.Task).WaitAsync(cancellation).ConfigureAwait(false);
            if (first != answer)
                throw new CallbackSessionException($"The debugger's engine ended while it was asked to {what}. Open the target again.");
            return await answer.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _end ??= "The session was given up before. Open another one.";
            if (exception is OperationCanceledException or CallbackSessionException)
                throw;
            throw new CallbackSessionException($"The debugger could not {what}: {OneLine(exception.Message)}", exception);
        }
    }

    private DebugEngine MakeEngine()
    {
        var engine = new DebugEngine();
        engine.DmlOutput += (_, said) => _progress?.Report(new SessionProgress(_step, said.Output));
        engine.UnexpectedEngineDisconnection += (object? _, UnexpectedEngineDisconnectionEventArgs _) => _disconnected.TrySetResult();
        return engine;
    }

    /// <summary>Disposing alone would leave the engine's recovery at work, which starts another one.</summary>
    private async Task<bool> EndAsync()
    {
        if (_engine is not { } engine)
            return false;
        _engine = null;
        try
        {
            await engine.ShutdownAsync((int)_options.ShutdownLimit.TotalMilliseconds);
        }
        finally
        {
            engine.Dispose();
        }

        return true;
    }

    private EngineOptions EngineOptionsOf(string path) => new()
    {
        SymPath = _options.SymbolPath ?? Path.GetDirectoryName(path),
        SymOptIgnoreNtSympath = !_options.UsesSymbolPathOfEnvironment,
        SecureMode = _options.IsSecure,
    };

    private void Begin(SessionStep step)
    {
        _step = step;
        _progress?.Report(new SessionProgress(step, null));
    }

    private static CallbackReport ReportIn(string output)
    {
        CallbackReport report;
        try
        {
            report = ReportReader.ReadOutput(output);
        }
        catch (ReportFormatException wrong)
        {
            throw new CallbackSessionException($"kcallbacks gave no report. {wrong.Message}", wrong);
        }

        return report.Error is { } error ? throw new CallbackSessionException(error) : report;
    }

    private static string Existing(string path, string kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string whole = Path.GetFullPath(path);
        return File.Exists(whole) ? whole : throw new CallbackSessionException($"There is no {kind} {whole}.");
    }

    [GeneratedRegex(@"^kcallbacks \d", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
