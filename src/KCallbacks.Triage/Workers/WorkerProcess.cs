using System.Diagnostics;
using System.Globalization;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Workers;

/// <summary>
/// A process that reads one input at a time: a request per line on its standard input, an answer per line on its standard output. An empty
/// line says that it lives; it begins with one.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>An input that is read in less is not worth a look at the process.</summary>
    private static readonly TimeSpan LeastLook = TimeSpan.FromMilliseconds(100);

    /// <summary>A cold disk or a busy machine starts a program within it.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>A process that is killed is gone within it, unless a drive does not answer.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly WorkerLimits _limits;
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Lock _watching = new();
    private readonly IEnumerator<ReadOnlyMemory<byte>> _answers;
    private readonly ManualResetEventSlim _hasSaidAll = new();
    private string _lastComplaint = "";
    private TriageOutcome? _endedFor;
    private TimeSpan _limit = StartLimit;
    private TimeSpan _lastTook;
    private long _since;

    private WorkerProcess(Process process, WorkerLimits limits, string folder, TimeProvider clock)
    {
        (_process, _limits, _folder, _clock) = (process, limits, folder, clock);
        _since = clock.GetTimestamp();
        _answers = RowLines.Of(process.StandardOutput.BaseStream).GetEnumerator();
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Starts one.</summary>
    /// <exception cref="WorkerException">The program cannot be started.</exception>
    public static WorkerProcess Start(WorkerStart start, WorkerLimits limits, TimeProvider clock)
    {
        try
        {
            // The worker makes it, and removes it when it ends: whoever is killed in between leaves nothing.
            string folder = Path.Combine(Path.GetTempPath(), $"kcallbacks-{Guid.NewGuid():N}");
            return new WorkerProcess(Process.Start(start.For(limits, folder))!, limits, folder, clock);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            throw new WorkerException($"no worker can be started: {error.Message}");
        }
    }

    /// <summary>Whether it has ended, or is about to.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Waits until it is ready.</summary>
    public bool TryBegin()
    {
        bool isReady = NextLine() is { IsEmpty: true };
        Watch(0, _limits.Time);
        if (!isReady)
            End(TriageOutcome.Crashed);
        return isReady;
    }

    /// <summary>Has it read an input.</summary>
    /// <returns>Its answer, or the row of what became of it; null when it ended before it could take the request.</returns>
    public WorkerAnswer? Do(WorkRequest request)
    {
        long start = _clock.GetTimestamp();
        if (!TrySend(request))
            return null;
        Watch(start, _limits.Time);
        ReadOnlyMemory<byte>? line = NextLine();
        for (; line is { IsEmpty: true }; line = NextLine())
            Watch(_clock.GetTimestamp(), _limits.Time);
        Watch(0, _limits.Time);
        _lastTook = _clock.GetElapsedTime(start);
        if (line is { } text && WorkerAnswer.Of(text, request) is { } answer)
            return answer;
        WaitForEnd();
        TriageRow row = Failure(request, hasAnswered: line is not null) with { Analyzed = RowTime.Of(_clock), Milliseconds = (long)_lastTook.TotalMilliseconds };
        return WorkerAnswer.Of(row);
    }

    /// <summary>Ends it when its input has taken too much. To be called from another thread, again and again.</summary>
    public void Check()
    {
        lock (_watching)
        {
            if (IsEnded || _since == 0 || _clock.GetElapsedTime(_since) is var elapsed && elapsed < LeastLook)
                return;
            if (elapsed > _limit)
                End(TriageOutcome.Timeout);
            else if (Memory() > _limits.Memory)
                End(TriageOutcome.Memory);
        }
    }

    /// <summary>Whether it holds so much memory after an input that the next one would pay for it.</summary>
    public bool IsBloated => _lastTook >= LeastLook && Memory() > _limits.Memory / 2;

    /// <summary>Ends it, whatever it does.</summary>
    public void End(TriageOutcome reason)
    {
        lock (_watching)
        {
            if (IsEnded)
                return;
            IsEnded = true;
            _endedFor = reason;
            try
            {
                _process.Kill();
            }
            catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended by itself.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End(TriageOutcome.Crashed);
        _process.WaitForExit(EndLimit);
        _answers.Dispose();
        _process.Dispose();
        _hasSaidAll.Dispose();
        DeleteFolder();
    }

    /// <summary>What was unpacked for an input that it was ended for is there still.</summary>
    private void DeleteFolder()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is gone, or a drive does not answer.
        }
    }

    private bool TrySend(WorkRequest request)
    {
        try
        {
            _process.StandardInput.WriteLine(request.Write());
            _process.StandardInput.Flush();
            return true;
        }
        catch (IOException)
        {
            End(TriageOutcome.Crashed);
            return false;
        }
    }

    /// <summary>The next line; null when it has ended, or says more than any row has.</summary>
    private ReadOnlyMemory<byte>? NextLine()
    {
        try
        {
            if (_answers.MoveNext())
                return _answers.Current;
            return null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Watches from now on what began at a time; 0 for nothing.</summary>
    private void Watch(long since, TimeSpan limit)
    {
        lock (_watching)
            (_since, _limit) = (since, limit);
    }

    private void Hear(string? line)
    {
        if (line is null)
            _hasSaidAll.Set();
        else if (line.Length > 0)
            _lastComplaint = line;
    }

    /// <summary>It answers no more. What it said last may tell why.</summary>
    private void WaitForEnd()
    {
        if (_process.WaitForExit(TimeSpan.FromMilliseconds(100)))
            _hasSaidAll.Wait(LeastLook);
        End(TriageOutcome.Crashed);
        _process.WaitForExit(EndLimit);
    }

    private TriageRow Failure(WorkRequest request, bool hasAnswered) => _endedFor switch
    {
        TriageOutcome.Timeout => request.Row(TriageOutcome.Timeout, string.Create(CultureInfo.InvariantCulture, $"it took longer than {_limits.Time.TotalSeconds:0.###} s (--time-limit)")),
        TriageOutcome.Memory => request.Row(TriageOutcome.Memory, string.Create(CultureInfo.InvariantCulture, $"it took more than {_limits.Memory >> 20:N0} MiB of memory (--memory-limit)")),
        _ when hasAnswered => request.Row(TriageOutcome.Crashed, "the process that read it answered something else than a row"),
        _ => request.Row(TriageOutcome.Crashed, string.Create(CultureInfo.InvariantCulture, $"the process that read it ended with code {(_process.HasExited ? _process.ExitCode : 0)}{(_lastComplaint.Length > 0 ? ": " : "")}{_lastComplaint}")),
    };

    private long Memory()
    {
        try
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
