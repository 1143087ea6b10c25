using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Sessions.User;

/// <summary>The threads of the current process of a user-mode session, live or dump.</summary>
/// <remarks>It changes the engine's current thread; <see cref="SavedSelection"/> gives the user's back.</remarks>
public sealed class UserTarget : IThreadTarget, IDisposable
{
    private readonly DebugEngine _engine;
    private readonly RegisterContext _context;
    private readonly StackReader _memory;
    private readonly DumpThreadList? _dumpThreads;
    private readonly ImageWalker _images;
    private Func<bool>? _isCancelled;
    private readonly Lazy<EngineStackWalker> _walker;
    private readonly ManagedThreads _managed;
    private readonly Wow64Reader? _halves;
    private readonly Wow64HalfWalker? _halfWalker;

    private UserTarget(DebugEngine engine, CpuLayout machine)
    {
        _engine = engine;
        _context = new RegisterContext(machine);
        _memory = new StackReader(engine.DataSpaces.Read, machine);
        var process = new UserProcess(engine, machine);
        Process = process;
        _images = new ImageWalker(process, process.FunctionStarts, new RuntimeCode(process));
        _walker = new(() => new EngineStackWalker(engine, Process));
        _managed = new ManagedThreads(engine, machine, Process.Modules);
        Threads = ListThreads(engine.SystemObjects);
        if (Process.Modules.Any(module => ModuleName.IsWow64(module.Name)))
        {
            _halves = new Wow64Reader(engine.DataSpaces.Read, machine, Process.WindowsBuild);
            _halfWalker = new Wow64HalfWalker(engine, Process);
        }

        // Of the two stacks of a WoW64 thread a dump may list the other one.
        _dumpThreads = _halves is not null ? null : DumpThreadList.Read(engine.Advanced, Threads.Length, DumpFileOf(engine));
        IsDump = engine.Control.TryGetDebuggeeType(out _, out DebuggeeQualifier qualifier).Succeeded && qualifier >= DebuggeeQualifier.SmallDump;
        DumpWriter = IsDump ? WriterOf(engine.Advanced) : null;
        Windows = IsDump ? null : LocalWindows.Of(engine);
        Handles = IsDump && !HasHandles(engine.Advanced) ? null : new EngineHandles(engine.DataSpaces);
    }

    /// <inheritdoc/>
    public IProcessView Process { get; }

    /// <inheritdoc/>
    public ImmutableArray<ThreadIdentity> Threads { get; }

    /// <inheritdoc/>
    public bool TellsWaits => true;

    /// <inheritdoc/>
    public bool IsDump { get; }

    /// <inheritdoc/>
    public uint? DumpWriter { get; }

    /// <inheritdoc/>
    public IHandleView? Handles { get; }

    /// <inheritdoc/>
    public IWindowView? Windows { get; }

    /// <summary>Opens the current process.</summary>
    /// <param name="engine">The session.</param>
    /// <exception cref="SessionException">The processor is not one that can be judged.</exception>
    /// <exception cref="EngineCallException">The session has no process.</exception>
    public static UserTarget Open(DebugEngine engine)
    {
        uint value = SavedSelection.UseActualMachine(engine);
        CpuLayout machine = CpuLayout.Of(value)
            ?? throw new SessionException($"Processor type 0x{value:x} is not supported; x86, x64, ARM and ARM64 are.");
        return new UserTarget(engine, machine);
    }

    /// <inheritdoc/>
    public StackMemory? ReadMemory(ThreadIdentity thread) =>
        _dumpThreads?.Find(thread.SystemId!.Value) is { } stack ? _memory.Peek(stack) : null;

    /// <inheritdoc/>
    public ThreadStack? ReadRegisters(ThreadIdentity thread, StackMemory? memory)
    {
        CpuLayout machine = _context.Machine;
        ulong? block = null;
        if (_dumpThreads is null || _dumpThreads.ContextOf(thread.SystemId!.Value, machine.ContextSize, out block) is not { IsEmpty: false } context)
            return null;
        ulong stackPointer = machine.ToAddress(context[machine.StackPointerOffset..]);
        return new ThreadStack
        {
            Thread = thread,
            InstructionPointer = machine.ToAddress(context[machine.InstructionPointerOffset..]),
            StackPointer = stackPointer,
            FramePointer = machine.FramePointerOffset is { } offset ? machine.ToAddress(context[offset..]) : 0,
            Registers = machine == CpuLayout.X64 ? X64Context.PreservedOf(context) : null,
            CallRegisters = machine == CpuLayout.X64 ? X64Context.CallOf(context) : null,
            EnvironmentBlock = block,
            Memory = memory?.From(stackPointer),
        };
    }

    /// <inheritdoc/>
    public ThreadStack Read(ThreadStack known, StackMemory? memory)
    {
        if (Select(known.Thread) is { } problem)
            return known with { Problem = problem };
        ulong? block = TebOfSelected;
        memory = memory?.From(_context.StackPointer) ?? _memory.Read(_context.StackPointer, block);
        ThreadStack stack = WithRegisters(known, block) with
        {
            Memory = memory,
            Problem = memory is null ? "its stack memory cannot be read" : null,
        };
        return _halves?.Complete(stack, _context.Span, block ?? 0, _memory) ?? stack;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where unwind data leads to the thread's start, the engine's walk would find the same frames; it may end early at code that a .NET
    /// runtime made.
    /// </remarks>
    public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger) => stack.Wow64Half is { } half
        ? WalkNative(stack, memory, byDebugger) with { Wow64Half = WalkHalf(half) }
        : WalkNative(stack, memory, byDebugger);

    /// <inheritdoc/>
    public void StopWhen(Func<bool> isCancelled) => _isCancelled = isCancelled;

    /// <inheritdoc/>
    public ManagedStack? ReadManaged(ThreadIdentity thread) => _managed.Of(thread, Process);

    /// <inheritdoc/>
    public string? ManagedProblem => _managed.Problem;

    /// <inheritdoc/>
    public ThreadStack WalkInnermost(ThreadStack stack) => _images.Walk(stack) is { Frames.IsEmpty: false } walked ? walked : Walk(stack, default, byDebugger: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _dumpThreads?.Dispose();
        _managed.Dispose();
        _halfWalker?.Dispose();
        _context.Dispose();
    }

    private ThreadStack WalkNative(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
    {
        // The registers of a thread that runs 32-bit code are those of its other half.
        if (stack is { Wow64Half: not null, InstructionPointer: 0 })
            return stack with { Walk = WalkExtent.Failed, WalkEnd = "the thread runs 32-bit code; no register says where its 64-bit half goes on" };
        ThreadStack? walked = byDebugger ? WalkByEngine(stack, memory) : null;
        if (walked?.Walk == WalkExtent.Complete)
            return walked;
        ThreadStack unwound = _images.Walk(stack, memory);
        if (unwound.Walk == WalkExtent.Complete)
            return unwound;
        // The engine would walk a stack filled with frames for seconds, and what memory says of it stands anyway.
        if (walked is null && memory.Damage is not null)
            return unwound;
        // While a Ctrl+Break is pending reads fail, so that the walk ended for this reason alone.
        if (_isCancelled?.Invoke() == true)
            throw new OperationCanceledException();
        walked ??= WalkByEngine(stack, memory);
        if (walked.Walk != WalkExtent.Complete && _images.Guess(stack, memory) is { } guessed)
            return guessed;
        // Unwind data says why a walk ends, the engine only that it does.
        return walked.Walk == WalkExtent.Truncated && unwound.Walk == WalkExtent.Truncated ? walked with { WalkEnd = unwound.WalkEnd } : walked;
    }

    /// <summary>Most dumps have no handles, and asking for each would cost more than the rest of the scan.</summary>
    private static bool HasHandles(DebugAdvanced advanced) =>
        advanced.TryReadDumpStream(DumpStream.HandleData, stackalloc byte[sizeof(ulong)], out uint read).Succeeded && read > 0;

    private static uint? WriterOf(DebugAdvanced advanced)
    {
        Span<byte> stream = stackalloc byte[DumpWriting.StreamSize];
        return advanced.TryReadDumpStream((DumpStream)DumpWriting.Stream, stream, out uint read).Succeeded ? DumpWriting.WriterIn(stream[..(int)read]) : null;
    }

    private static string? DumpFileOf(DebugEngine engine) => engine.Client.TryGetDumpFile(out string path).Succeeded && path.Length > 0 ? path : null;

    private ThreadStack WithRegisters(ThreadStack stack, ulong? environmentBlock) => stack with
    {
        InstructionPointer = _context.InstructionPointer,
        StackPointer = _context.StackPointer,
        FramePointer = _context.FramePointer,
        Registers = _context.PreservedRegisters,
        CallRegisters = _context.CallRegisters,
        EnvironmentBlock = environmentBlock,
    };

    private ThreadStack WalkHalf(ThreadStack half)
    {
        if (Select(half.Thread) is { } problem)
            return half with { Walk = WalkExtent.Failed, Problem = problem };
        return _halves!.Find(_context.Span, TebOfSelected ?? 0) is { } registers ? _halfWalker!.Walk(half, registers) : half;
    }

    private ulong? TebOfSelected => _engine.SystemObjects.TryGetCurrentThreadTeb(out ulong teb).Succeeded ? teb : null;

    private ThreadStack WalkByEngine(ThreadStack stack, MemoryEvidence memory) => Select(stack.Thread) is { } problem
        ? stack with { Walk = WalkExtent.Failed, Problem = problem }
        : _walker.Value.Walk(stack, memory, _context);

    /// <summary>Makes a thread current and reads its registers; returns what went wrong, or null.</summary>
    private unsafe string? Select(ThreadIdentity thread)
    {
        HResult result = _engine.SystemObjects.TrySetCurrentThreadId(thread.EngineId!.Value);
        if (!result.Succeeded)
            return $"the engine cannot select the thread ({result})";
        result = _engine.Advanced.TryGetThreadContext(_context.Bytes, _context.Size);
        return result.Succeeded ? null : $"its registers cannot be read ({result})";
    }

    private static ImmutableArray<ThreadIdentity> ListThreads(DebugSystemObjects objects)
    {
        int count = objects.GetNumberThreads();
        uint[] ids = new uint[count];
        uint[] systemIds = new uint[count];
        objects.GetThreadIds(ids, systemIds);
        return [.. ids.Select((id, i) => new ThreadIdentity(i, id.ToString(), id, systemIds[i]))];
    }
}
