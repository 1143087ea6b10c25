using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>A process with threads that stand in system calls, and the locks, windows and handles that they wait for.</summary>
internal sealed class WaitScene : IHandleView, IWindowView
{
    public const uint FirstThread = 0x100;

    private const ulong FirstStub = WindowsX64.Ntdll + 0x9000;
    private const uint FirstStub32 = WindowsX86.Ntdll + 0x9000;
    private const ulong StackSize = 0x1000;
    private const ulong FirstStack = 0x10_0000;
    private const ulong FirstBlock = 0x20_0000_0000;
    private const int FramesOfLock = 0x100;

    private readonly List<WaitInput> _threads = [];
    private readonly Dictionary<ulong, HandleInfo> _handles = [];
    private readonly Dictionary<ulong, WindowOwner> _windows = [];
    private readonly bool _is32Bit;
    private ulong _nextStub;

    public WaitScene(int? build = 19041, bool is32Bit = false, bool isWine = false)
    {
        _is32Bit = is32Bit;
        _nextStub = is32Bit ? FirstStub32 : FirstStub;
        Process = new SyntheticProcess
        {
            Architecture = is32Bit ? Architecture.X86 : Architecture.X64,
            Modules = is32Bit ? [.. WindowsX86.Modules] : [.. WindowsX64.Modules],
            WindowsBuild = build,
            IsWine = isWine,
            ProcessEnvironmentBlock = 0x7000_0000,
        };
    }

    public SyntheticProcess Process { get; }

    /// <summary>The stack pointer of the thread that is added next.</summary>
    public ulong NextStack => FirstStack + ((ulong)_threads.Count * StackSize);

    /// <summary>The system id of the thread that is added next.</summary>
    public uint NextThread => FirstThread + ((uint)_threads.Count * 4);

    public ulong NextBlock => FirstBlock + ((ulong)_threads.Count * 0x4000);

    public HandleInfo? Find(ulong handle) => _handles.GetValueOrDefault(handle);

    public WindowOwner? OwnerOf(ulong window) => _windows.GetValueOrDefault(window);

    public WaitScene WithHandle(ulong handle, HandleInfo info)
    {
        _handles[handle] = info;
        return this;
    }

    public WaitScene WithWindow(ulong window, uint thread)
    {
        _windows[window] = new WindowOwner(thread, null, "the table of windows");
        return this;
    }

    public WaitScene WithMemory(ulong address, params byte[] bytes)
    {
        Process.WithMemory(address, bytes);
        return this;
    }

    /// <summary>A thread that runs code of the program.</summary>
    public WaitScene Runs(ThreadFinding? finding = null) => Add(new ThreadStack
    {
        Thread = Identity(),
        InstructionPointer = (_is32Bit ? WindowsX86.App : WindowsX64.App) + 0x1234,
        StackPointer = NextStack,
        Memory = new StackMemory(NextStack, new byte[StackSize], IsComplete: true),
    }, null, finding);

    /// <summary>A thread that stands in a system call.</summary>
    /// <param name="service">The service, with its prefix.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="number">Its number; also in Rax unless <paramref name="registers"/> are given.</param>
    /// <param name="functions">Functions of ntdll in whose frames it stands, innermost first.</param>
    /// <param name="registers">What the context holds of the call; by default number and first two arguments.</param>
    /// <param name="words">Words of the stack above the arguments.</param>
    /// <param name="preserved">Preserved registers.</param>
    /// <param name="finding">The callbacks of the thread.</param>
    /// <param name="writesDump">Whether it writes the dump.</param>
    /// <param name="comCall">A function of combase among its callers.</param>
    /// <param name="isNamed">Whether the stub has a name.</param>
    /// <param name="caller">A function of KERNELBASE that calls those of ntdll.</param>
    public WaitScene Stands(
        string service,
        ulong[] arguments,
        uint number = 0x1d2,
        string[]? functions = null,
        X64CallRegisters? registers = null,
        (int Offset, ulong Value)[]? words = null,
        X64Registers? preserved = null,
        ThreadFinding? finding = null,
        bool writesDump = false,
        string? caller = null,
        string? comCall = null,
        bool isNamed = true)
    {
        byte[] stub = _is32Bit ? Wow64Stub(number) : LongStub(number);
        string module = service.StartsWith("NtUser", StringComparison.Ordinal) ? "win32u" : _is32Bit ? "ntdll_771d0000" : "ntdll";
        ulong start = service.StartsWith("NtUser", StringComparison.Ordinal) ? _nextStub - (_is32Bit ? WindowsX86.Ntdll : WindowsX64.Ntdll) + (_is32Bit ? WindowsX86.Win32u : WindowsX64.Win32u) : _nextStub;
        _nextStub += 0x40;
        if (isNamed)
            Process.WithFunction($"{module}!{service}", start);
        Process.WithMemory(start - 0x18, [.. new byte[0x18], .. stub]);

        byte[] memory = new byte[StackSize];
        int size = _is32Bit ? 4 : 8;
        for (int i = 0; i < arguments.Length; i++)
        {
            // The first four of x64 are in registers; their home slots hold anything.
            if (_is32Bit || i >= 4)
                Write(memory, (i + 1) * size, arguments[i], size);
        }

        foreach ((int offset, ulong value) in words ?? [])
            Write(memory, offset, value, size);
        return Add(new ThreadStack
        {
            Thread = Identity(),
            InstructionPointer = start + (_is32Bit ? 0xcu : 0x14u),
            StackPointer = NextStack,
            Registers = preserved,
            Memory = new StackMemory(NextStack, memory, IsComplete: true),
            Frames = FramesOf(start, service, functions ?? [], caller, comCall),
        }, registers ?? Registers(number, arguments), finding, writesDump);
    }

    /// <summary>A contended critical section.</summary>
    public WaitScene WithSection(ulong address, uint owner, int lockCount = -6, ulong debugInfo = ulong.MaxValue, ulong semaphore = 0, uint recursion = 1)
    {
        int size = _is32Bit ? 4 : 8;
        byte[] bytes = new byte[(4 * size) + 8];
        Write(bytes, 0, debugInfo, size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(size), lockCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(size + 4), owner == 0 ? 0 : recursion);
        Write(bytes, size + 8, owner, size);
        Write(bytes, (2 * size) + 8, semaphore, size);
        return WithMemory(address, bytes);
    }

    public WaitScene WithWord(ulong address, ulong value) => WithMemory(address, BitConverter.GetBytes(value));

    /// <summary>What each thread waits for.</summary>
    public ImmutableArray<ThreadWaits> Find() => new WaitFinder(Process, this, this, [.. _threads]).Find();

    /// <summary>The one wait of the first thread.</summary>
    public Wait First() => Find()[0].Waits.Single();

    private WaitScene Add(ThreadStack stack, X64CallRegisters? registers, ThreadFinding? finding, bool writesDump = false)
    {
        _threads.Add(new WaitInput { Stack = stack with { CallRegisters = registers, EnvironmentBlock = NextBlock }, Finding = finding, WritesDump = writesDump });
        return this;
    }

    private ThreadIdentity Identity() => new(_threads.Count, SystemId: NextThread);

    private X64CallRegisters? Registers(uint number, ulong[] arguments)
    {
        if (_is32Bit)
            return null;
        ulong first = arguments.ElementAtOrDefault(0);
        // From 26100 on the others hold as well.
        return Process.WindowsBuild >= 26100
            ? new X64CallRegisters(number, first, arguments.ElementAtOrDefault(1), arguments.ElementAtOrDefault(2), arguments.ElementAtOrDefault(3), first, first)
            : new X64CallRegisters(number, first, arguments.ElementAtOrDefault(1), 0xdead, 0xbeef, 1, 2);
    }

    private ImmutableArray<StackFrame> FramesOf(ulong stub, string service, string[] functions, string? caller, string? comCall) =>
    [
        new StackFrame("ntdll", service, 0x14, stub + 0x14, NextStack),
        .. functions.Select((function, i) => new StackFrame("ntdll", function, 0x20, WindowsX64.Ntdll + 0x100, NextStack + ((ulong)(i + 1) * (ulong)FramesOfLock))),
        .. caller is null ? (StackFrame[])[] : [new StackFrame("KERNELBASE", caller, 0x8e, WindowsX64.App + 0x80, NextStack + ((ulong)(functions.Length + 1) * (ulong)FramesOfLock))],
        .. comCall is null ? (StackFrame[])[] : [new StackFrame("combase", comCall, 0x8e, WindowsX64.App + 0x90, NextStack + 0x800)],
        new StackFrame("app", "Work", 0x20, WindowsX64.App + 0x100, NextStack + ((ulong)(functions.Length + 1) * (ulong)FramesOfLock)),
    ];

    private static void Write(byte[] bytes, int offset, ulong value, int size)
    {
        if (size == sizeof(uint))
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), (uint)value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
    }

    private static byte[] LongStub(uint number) =>
        [0x4c, 0x8b, 0xd1, 0xb8, .. BitConverter.GetBytes(number), 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xcd, 0x2e, 0xc3];

    private static byte[] Wow64Stub(uint number) => [0xb8, .. BitConverter.GetBytes(number), 0xba, 0, 0, 0x1d, 0x77, 0xff, 0xd2, 0xc3];
}
