using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// A kernel session, live or dump: its processes as targets. Disposing it gives back the process and thread that the user had
/// selected.
/// </summary>
public sealed class KernelSession : IDisposable
{
    private const string SmallDump = "This is a small memory dump (triage dump): it holds one thread and no user memory.";
    private const string SymbolsHelp = "Get the symbols of nt: .symfix; .reload /f nt.";

    private readonly DebugEngine _engine;
    private readonly CpuLayout _machine;
    private readonly KernelTypes? _types;
    private readonly string? _lack;
    private readonly ProcessLayout? _processLayout;
    private readonly ThreadLayout? _threadLayout;
    private readonly UserModules? _userModules;
    private readonly UserRegisters? _userRegisters;
    private readonly KernelLandmarks _landmarks;
    private readonly KernelClock _clock;
    private readonly KernelLists _lists;
    private readonly bool _isSmallDump;
    private readonly List<string> _warnings = [];

    private KernelSession(DebugEngine engine, CpuLayout machine, bool loadsUserModules)
    {
        _engine = engine;
        _machine = machine;
        LoadsUserModules = loadsUserModules;
        _types = KernelTypes.Open(engine, out _lack);
        if (_types is not null)
        {
            _processLayout = ProcessLayout.Of(_types);
            _threadLayout = ThreadLayout.Of(_types);
            _userModules = UserModules.Of(_types);
            _userRegisters = UserRegisters.Of(_types);
        }

        _landmarks = KernelLandmarks.Of(engine, _types);
        _clock = KernelClock.Read(engine);
        _lists = new KernelLists(engine.DataSpaces, _warnings);
        _isSmallDump = engine.Control.TryGetDebuggeeType(out _, out DebuggeeQualifier qualifier).Succeeded && qualifier == DebuggeeQualifier.SmallDump;
        Memory = new StackReader(engine.DataSpaces.Read, machine);
        Walker = new KernelStackWalker(engine);
        Context = ImplicitContext.Save(engine, machine);
    }

    /// <summary>What could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Time to list threads so far, which includes what the kernel's structures say of each.</summary>
    public TimeSpan ListTime => _lists.Time;

    internal ImplicitContext Context { get; }

    internal StackReader Memory { get; }

    internal KernelStackWalker Walker { get; }

    internal bool LoadsUserModules { get; }

    /// <summary>Opens the session.</summary>
    /// <param name="engine">The engine; must outlive the session.</param>
    /// <param name="loadsUserModules">Whether the modules of processes with callbacks are loaded into the debugger, as <c>.reload /user</c> does.</param>
    /// <exception cref="SessionException">The kernel is a 32-bit one.</exception>
    /// <exception cref="EngineCallException">There is no session.</exception>
    public static KernelSession Open(DebugEngine engine, bool loadsUserModules)
    {
        uint value = SavedSelection.UseActualMachine(engine);
        CpuLayout? machine = CpuLayout.Of(value);
        if (machine is not { PointerSize: sizeof(ulong) })
        {
            throw new SessionException(
                "This is a 32-bit kernel; threads are listed in 64-bit ones. Print the stacks into a log (.logopen; !process 0 1f) and run: kcallbacks analyze LOG");
        }

        return new KernelSession(engine, machine, loadsUserModules);
    }

    /// <summary>The operating system's id of the process that the user has selected; null when it is not known.</summary>
    /// <exception cref="SessionException">The kernel is a 32-bit one.</exception>
    public static uint? FindCurrentProcess(DebugEngine engine)
    {
        using SavedSelection selection = SavedSelection.Save(engine);
        using KernelSession session = Open(engine, loadsUserModules: false);
        return session.Context.UsersProcess is { } address ? session._processLayout?.Read(engine.DataSpaces, address)?.Identity.Id : null;
    }

    /// <summary>The threads of processes, by the operating system's ids; those without an id are left out.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="ofAll">Whether those of all processes are wanted, and not only those of the process that the user has selected.</param>
    /// <exception cref="SessionException">Processes cannot be listed.</exception>
    public static IReadOnlyList<(uint ThreadId, uint ProcessId)> ThreadsOf(DebugEngine engine, bool ofAll)
    {
        using SavedSelection selection = SavedSelection.Save(engine);
        using KernelSession session = Open(engine, loadsUserModules: false);
        List<(uint, uint)> threads = [];
        foreach (ThreadIdentity thread in session.Targets(ofAll ? ProcessChoice.EveryProcess : null).SelectMany(target => target.Threads))
        {
            if (thread is { SystemId: { } id, Process.Id: { } process })
                threads.Add((id, process));
        }

        return threads;
    }

    /// <summary>The processes asked for, one after the other: each is listed when the one before is done.</summary>
    /// <param name="which"><c>all</c>, a process id, a name or the address of an EPROCESS; null for the process the user has selected.</param>
    /// <exception cref="SessionException">There is no such process, or processes cannot be listed.</exception>
    public IEnumerable<KernelTarget> Targets(string? which)
    {
        if (_isSmallDump)
            return [InSmallDump(which is null ? null : ProcessChoice.Parse(which))];
        if (_processLayout is null || _threadLayout is null)
        {
            string lack = $"Processes and threads cannot be listed: {_lack ?? "the types of nt lack fields"}.";
            return which is null ? [CurrentThread($"{lack} Only the current thread is judged, by its stack. {SymbolsHelp}")] : throw new SessionException($"{lack} {SymbolsHelp}");
        }

        return which is null ? OfCurrentProcess(_processLayout) : OfProcesses(Choose(_processLayout, ProcessChoice.Parse(which)));
    }

    /// <summary>Who waits for whom among the threads of processes, and which threads of others they wait for; null without the symbols of nt.</summary>
    /// <param name="targets">The processes that were scanned.</param>
    /// <param name="findings">What was found of their threads.</param>
    /// <param name="isCancelled">Whether the user wants to stop.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public WaitGraph? FindWaits(IReadOnlyList<KernelTarget> targets, IEnumerable<ThreadFinding> findings, Func<bool> isCancelled)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (_types is null || _threadLayout is null)
            return null;
        var waits = new KernelWaits(_engine.DataSpaces, _types, targets.SelectMany(target => target.Threads), isCancelled);
        ImmutableDictionary<int, ThreadFinding> byPosition = findings.ToImmutableDictionary(finding => finding.Thread.Position);
        return WaitGraph.Of([.. targets.SelectMany(target => waits.Of(target, byPosition))]);
    }

    /// <summary>
    /// The processes that were not asked for and have threads that are blocked in callbacks, those with most of them first; none where nothing
    /// lists them, or where asking would take long.
    /// </summary>
    /// <param name="scanned">The processes that were scanned.</param>
    /// <param name="isCancelled">Whether the user wants to stop.</param>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public ImmutableArray<BlockedProcess> BlockedElsewhere(IReadOnlyList<KernelTarget> scanned, Func<bool> isCancelled)
    {
        ArgumentNullException.ThrowIfNull(scanned);
        if (_isSmallDump || _types is null || _processLayout is null || _threadLayout is null || !OtherProcesses.MayBeAsked(_engine))
            return [];
        if (_types.AddressOf("PsActiveProcessHead") is not { } head)
            return [];
        HashSet<ulong> known = [.. scanned.Select(target => target.Block.Identity.Address)];
        // What is damaged there is no matter of the process that the user looks at; -p all says it.
        var lists = new KernelLists(_engine.DataSpaces, []);
        var waits = new KernelWaits(_engine.DataSpaces, _types, [], isCancelled);
        List<BlockedProcess> blocked = [];
        foreach (ProcessBlock process in lists.Processes(head, _processLayout).Where(process => !known.Contains(process.Identity.Address)))
        {
            ImmutableArray<ThreadBlock> threads = OtherProcesses.Waiting(lists.Threads(process, _threadLayout, _clock));
            if (!threads.IsEmpty && OtherProcesses.Blocked(TargetOf(process, threads, firstPosition: 0), waits) is { } found)
                blocked.Add(found);
            if (isCancelled())
                throw new OperationCanceledException();
        }

        return [.. blocked.OrderByDescending(process => process.Threads)];
    }

    /// <summary>Gives back what the user had selected.</summary>
    public void Dispose() => Context.Dispose();

    /// <summary>Why nothing is known of a user half that neither a trap frame nor a walk tells.</summary>
    internal string NoUserHalf => _isSmallDump
        ? "a small memory dump holds no user memory, so the thread's user half is not in the dump"
        : "its user half is not in the dump, or cannot be found without symbols";

    internal EntryRegisters? ReadUserRegisters(ulong trapFrame) => _userRegisters?.Read(_engine.DataSpaces, trapFrame);

    /// <summary>Loads the modules of the implicit process's user half.</summary>
    internal void ReloadUserModules(ProcessBlock process)
    {
        if (!_engine.Symbols.TryReload("/user").Succeeded)
            _warnings.Add($"the user modules of {process.Name} could not be loaded; names in its user half are missing");
    }

    private KernelTarget InSmallDump(ProcessChoice? choice)
    {
        KernelTarget target = CurrentThread($"{SmallDump} Only the current thread is judged.");
        return choice?.Means(target.Block) != false
            ? target
            : throw new SessionException($"{SmallDump} Process {choice} is not its; other processes are in active, kernel and complete memory dumps.");
    }

    private IEnumerable<KernelTarget> OfCurrentProcess(ProcessLayout layout)
    {
        if (Context.UsersProcess is { } address && layout.Read(_engine.DataSpaces, address) is { } process && _lists.Threads(process, _threadLayout!, _clock) is { Count: > 0 } threads)
            return [TargetOf(process, threads, firstPosition: 0)];
        return [CurrentThread("The current process has no readable thread list. Only the current thread is judged.")];
    }

    private IEnumerable<KernelTarget> OfProcesses(IReadOnlyList<ProcessBlock> processes)
    {
        int position = 0;
        foreach (ProcessBlock process in processes)
        {
            KernelTarget target = TargetOf(process, _lists.Threads(process, _threadLayout!, _clock), position);
            position += target.Threads.Length;
            yield return target;
        }
    }

    private IReadOnlyList<ProcessBlock> Choose(ProcessLayout layout, ProcessChoice choice)
    {
        if (choice.Address is { } address)
        {
            return layout.Read(_engine.DataSpaces, address) is { } process
                ? [process]
                : throw new SessionException($"There is no EPROCESS at 0x{address:x16}. List processes: !process 0 0");
        }

        ulong head = _types!.AddressOf("PsActiveProcessHead") ?? throw new SessionException($"The process list is not known. {SymbolsHelp}");
        IReadOnlyList<ProcessBlock> processes = _lists.Processes(head, layout) is { Count: > 0 } listed
            ? listed
            : throw new SessionException("The process list cannot be read. Without -p the current process is shown.");
        return choice.Of(processes) is { Count: > 0 } chosen
            ? chosen
            : throw new SessionException(string.Create(
                CultureInfo.InvariantCulture,
                $"None of the {processes.Count} processes has the id or name '{choice}'. -p takes all, a process id (hexadecimal), a name or an EPROCESS; list them: !process 0 0"));
    }

    private KernelTarget CurrentThread(string warning)
    {
        _warnings.Add(warning);
        if (Context.UsersThread is not { } address || address == 0)
            throw new SessionException(warning + " There is no current thread either.");
        ulong process = Context.UsersProcess ?? 0;
        ThreadBlock thread = _threadLayout?.Read(_engine.DataSpaces, _clock, address) ?? ThreadBlock.WithoutSymbols(_engine.DataSpaces, address);
        return TargetOf(_processLayout?.Read(_engine.DataSpaces, process) ?? ProcessBlock.Unread(process), [thread], firstPosition: 0);
    }

    private KernelTarget TargetOf(ProcessBlock block, IReadOnlyList<ThreadBlock> threads, int firstPosition)
    {
        var process = new KernelProcess(_engine, Context, _machine, block, _userModules, _landmarks);
        return new KernelTarget(this, process, new UserHalfWalker(_engine, _machine, process), block, threads, firstPosition);
    }
}
