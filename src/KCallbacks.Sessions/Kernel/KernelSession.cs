using System.Diagnostics;
using System.Globalization;
using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// A kernel session, live or dump: its processes as targets. Disposing it gives back the process and thread that the user had
/// selected.
/// </summary>
public sealed class KernelSession : IDisposable
{
    /// <summary>More than Windows can have of either: a bound for lists that are damaged.</summary>
    private const int MostProcesses = 1 << 16;
    private const int MostThreads = 1 << 17;

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
        Memory = new StackMemoryReader(engine, machine);
        Walker = new KernelStackWalker(engine);
        Context = ImplicitContext.Save(engine);
    }

    /// <summary>What could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Time to list threads so far, which includes what the kernel's structures say of each.</summary>
    public TimeSpan ListTime { get; private set; }

    internal ImplicitContext Context { get; }

    internal StackMemoryReader Memory { get; }

    internal KernelStackWalker Walker { get; }

    internal bool LoadsUserModules { get; }

    /// <summary>Opens the session.</summary>
    /// <param name="engine">The engine; must outlive the session.</param>
    /// <param name="loadsUserModules">Whether the modules of processes with callbacks are loaded into the debugger, as <c>.reload /user</c> does.</param>
    /// <exception cref="SessionException">The kernel is a 32-bit one.</exception>
    /// <exception cref="EngineCallException">There is no session.</exception>
    public static KernelSession Open(DebugEngine engine, bool loadsUserModules)
    {
        uint value = engine.Control.GetActualProcessorType();
        CpuLayout? machine = CpuLayout.Of(value);
        if (machine is not { PointerSize: sizeof(ulong) })
        {
            throw new SessionException(
                "This is a 32-bit kernel; threads are listed in 64-bit ones. Print the stacks into a log (.logopen; !process 0 1f) and run: kcallbacks analyze LOG");
        }

        return new KernelSession(engine, machine, loadsUserModules);
    }

    /// <summary>The operating system's id of the process that the user has selected.</summary>
    /// <exception cref="SessionException">It is not known.</exception>
    public static uint CurrentProcessOf(DebugEngine engine)
    {
        using KernelSession session = Open(engine, loadsUserModules: false);
        return session.Context.UsersProcess is { } address && session._processLayout?.Read(engine.DataSpaces, address)?.Identity.Id is { } id
            ? id
            : throw new SessionException($"The current process is not known. {SymbolsHelp}");
    }

    /// <summary>The operating system's id of the process of a thread: of the process that the user has selected if it has such a thread.</summary>
    /// <returns>Null when no process has it.</returns>
    /// <exception cref="SessionException">Processes cannot be listed.</exception>
    public static uint? ProcessOfThread(DebugEngine engine, uint threadId)
    {
        using KernelSession session = Open(engine, loadsUserModules: false);
        return session.Targets(null).Concat(session.Targets(ProcessChoice.EveryProcess))
            .SelectMany(target => target.Threads)
            .FirstOrDefault(thread => thread.SystemId == threadId)?.Process?.Id;
    }

    /// <summary>The processes asked for, one after the other: each is listed when the one before is done.</summary>
    /// <param name="which"><c>all</c>, a process id, a name or the address of an EPROCESS; null for the process the user has selected.</param>
    /// <exception cref="SessionException">There is no such process, or processes cannot be listed.</exception>
    public IEnumerable<KernelTarget> Targets(string? which)
    {
        if (_processLayout is null || _threadLayout is null)
        {
            string lack = $"Processes and threads cannot be listed: {_lack ?? "the types of nt lack fields"}.";
            return which is null ? [CurrentThread($"{lack} Only the current thread is judged, by its stack. {SymbolsHelp}")] : throw new SessionException($"{lack} {SymbolsHelp}");
        }

        return which is null ? OfCurrentProcess(_processLayout) : OfProcesses(Choose(_processLayout, ProcessChoice.Parse(which)));
    }

    /// <summary>Gives back what the user had selected.</summary>
    public void Dispose() => Context.Dispose();

    internal (ulong InstructionPointer, ulong StackPointer)? ReadUserRegisters(ulong trapFrame) => _userRegisters?.Read(_engine.DataSpaces, trapFrame);

    /// <summary>Loads the modules of the implicit process's user half.</summary>
    internal void ReloadUserModules(ProcessBlock process)
    {
        if (!_engine.Symbols.TryReload("/user").Succeeded)
            _warnings.Add($"the user modules of {process.Name} could not be loaded; names in its user half are missing");
    }

    private IEnumerable<KernelTarget> OfCurrentProcess(ProcessLayout layout)
    {
        if (Context.UsersProcess is { } address && layout.Read(_engine.DataSpaces, address) is { } process && ListThreads(process) is { Count: > 0 } threads)
            return [TargetOf(process, threads, firstPosition: 0)];
        return [CurrentThread("The current process has no readable thread list (a triage dump has none). Only the current thread is judged.")];
    }

    private IEnumerable<KernelTarget> OfProcesses(IReadOnlyList<ProcessBlock> processes)
    {
        int position = 0;
        foreach (ProcessBlock process in processes)
        {
            KernelTarget target = TargetOf(process, ListThreads(process), position);
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

        List<ProcessBlock> processes = ListProcesses(layout);
        return choice.Of(processes) is { Count: > 0 } chosen
            ? chosen
            : throw new SessionException(string.Create(
                CultureInfo.InvariantCulture,
                $"None of the {processes.Count} processes has the id or name '{choice}'. -p takes all, a process id (hexadecimal), a name or an EPROCESS; list them: !process 0 0"));
    }

    private List<ProcessBlock> ListProcesses(ProcessLayout layout)
    {
        ulong head = _types!.AddressOf("PsActiveProcessHead") ?? throw new SessionException($"The process list is not known. {SymbolsHelp}");
        var list = new KernelList<ProcessBlock>(head, LinksAt(head), entry => layout.ReadEntry(_engine.DataSpaces, entry), MostProcesses);
        List<ProcessBlock> processes = list.Walk();
        if (processes.Count == 0)
            throw new SessionException("The process list cannot be read (a triage dump has none). Without -p the current process is shown.");
        Warn("the process list", list.BrokenAt, list.IsMended);
        return processes;
    }

    private List<ThreadBlock> ListThreads(ProcessBlock process)
    {
        long start = Stopwatch.GetTimestamp();
        var list = new KernelList<ThreadBlock>(
            process.ThreadList!.Value, process.Threads, entry => _threadLayout!.ReadEntry(_engine.DataSpaces, _clock, entry), MostThreads);
        List<ThreadBlock> threads = list.Walk();
        ListTime += Stopwatch.GetElapsedTime(start);
        Warn($"the thread list of {process.Name}", list.BrokenAt, list.IsMended);
        return threads;
    }

    private void Warn(string list, ulong? brokenAt, bool isMended)
    {
        if (brokenAt is not { } entry)
            return;
        string rest = isMended ? "the rest was found from its other end" : "entries may be missing between there and those found from its other end";
        _warnings.Add($"{list} is damaged behind the entry at 0x{entry:x16}; {rest}");
    }

    private KernelTarget CurrentThread(string warning)
    {
        _warnings.Add(warning);
        if (Context.UsersThread is not { } address || address == 0)
            throw new SessionException(warning + " There is no current thread either.");
        ulong process = Context.UsersProcess ?? 0;
        ThreadBlock thread = _threadLayout?.Read(_engine.DataSpaces, _clock, address) ?? ThreadBlock.Unread(address);
        return TargetOf(_processLayout?.Read(_engine.DataSpaces, process) ?? ProcessBlock.Unread(process), [thread], firstPosition: 0);
    }

    private KernelTarget TargetOf(ProcessBlock process, IReadOnlyList<ThreadBlock> threads, int firstPosition) => new(
        this, new KernelProcess(_engine, Context, _machine, process, _userModules, _landmarks), process, threads, firstPosition);

    private ListLinks LinksAt(ulong address)
    {
        Span<byte> links = stackalloc byte[ListLinks.Size];
        return _engine.DataSpaces.TryReadAll(address, links) ? ListLinks.Of(links) : default;
    }
}
