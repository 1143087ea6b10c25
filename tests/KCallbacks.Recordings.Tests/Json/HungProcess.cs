using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>
/// A process with one thread inside <c>__fnDWORD</c>: the callback frame lies in its stack memory, and routine and system call
/// are known only to the process.
/// </summary>
internal sealed class HungProcess : IProcessView
{
    public const ulong StackPointer = 0x70_e331_d700;
    private const ulong Frame = 0x70_e331_d820;
    private const ulong Ntdll = 0x7ffb_9473_0000;
    private const ulong User32 = 0x7ffb_9300_0000;
    private const ulong Win32u = 0x7ffb_9230_0000;
    private const ulong Dispatcher = Ntdll + 0xa1350;
    private const ulong Peb = 0x22d_0000_1000;
    private const ulong Table = User32 + 0x8_0000;
    private const ulong Routine = User32 + 0x1_0000;
    private const uint ApiNumber = 2;
    private const uint InputLength = 0x58;

    private readonly Dictionary<ulong, ulong> _words = new()
    {
        [Peb + 0x58] = Table,
        [Table + (ApiNumber * 8)] = Routine,
    };

    public Architecture Architecture => Architecture.X64;

    public int? WindowsBuild => 19041;

    public bool IsWine => false;

    public ImmutableArray<Module> Modules =>
        [new("ntdll", Ntdll, 0x1f_0000), new("user32", User32, 0x1a_0000), new("win32u", Win32u, 0x2_0000)];

    public ulong? ProcessEnvironmentBlock => Peb;

    public static ThreadStack Thread { get; } = new()
    {
        Thread = new ThreadIdentity(0, "7", EngineId: 7, SystemId: 0x1a2c),
        Walk = WalkExtent.Truncated,
        Frames =
        [
            new StackFrame("win32u", "NtUserWaitMessage", 0x14, Win32u + 0x1234, StackPointer, User32 + 0x2_0000, FrameSide.User),
            new StackFrame("app", null, 0x1234, StackPointer: StackPointer + 8),
        ],
        InstructionPointer = Win32u + 0x1234,
        StackPointer = StackPointer,
        Memory = new StackMemory(StackPointer, MakeStack(), IsComplete: true),
        Kernel = new KernelState(WaitReason: "WrUserRequest", WaitTime: TimeSpan.FromSeconds(90)),
        Managed = new ManagedStack(
            [
                new ManagedFrame(StackPointer + 0x20, 0x6800_1234, "System.Threading.Monitor.Enter", ManagedFrameKind.Method),
                new ManagedFrame(StackPointer + 0x60, 0x6800_5678, "ILStubClass.IL_STUB_ReversePInvoke", ManagedFrameKind.Stub),
                new ManagedFrame(StackPointer + 0x80, 0, "", ManagedFrameKind.Transition),
            ],
            IsComplete: true,
            new ManagedLock(0x2_0000_1230, "System.Object", 0x11c),
            Joins: 0x120,
            Invocation: new ManagedInvocation(0x124, []),
            IsUiThread: true),
        Wow64Half = new ThreadStack { Thread = new ThreadIdentity(0), Walk = WalkExtent.Failed, Problem = "no 32-bit half" },
    };

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (destination.Length != sizeof(ulong) || !_words.TryGetValue(address, out ulong word))
            return false;
        BinaryPrimitives.WriteUInt64LittleEndian(destination, word);
        return true;
    }

    public Symbol? FindSymbol(ulong address) => address switch
    {
        Routine => new Symbol("user32", "_fnDWORD", 0, IsExport: false),
        Win32u + 0x1064 => new Symbol("win32u", "NtUserPeekMessage", 0x14, IsExport: true),
        Dispatcher + 0x24 => new Symbol("ntdll", "KiUserCallbackDispatcherContinue", 0, IsExport: false),
        _ => null,
    };

    public ulong? FindFunction(string module, string function) =>
        (module, function) == ("ntdll", "KiUserCallbackDispatcher") ? Dispatcher : null;

    /// <summary>The x64 callback frame: return into the dispatcher below it, the routine's call further below, Buffer, Length, ApiNumber, machine frame.</summary>
    private static byte[] MakeStack()
    {
        const ulong outer = Frame + 0x58 + InputLength + 8;
        byte[] stack = new byte[0x400];
        Put(stack, Frame - 0x68, Routine + 0x33);
        Put(stack, Frame - 8, Dispatcher + 0x24);
        Put(stack, Frame + 0x20, Frame + 0x58);
        Put(stack, Frame + 0x28, ((ulong)ApiNumber << 32) | InputLength);
        Put(stack, Frame + 0x30, Win32u + 0x1064);
        Put(stack, Frame + 0x48, outer);
        Put(stack, outer, User32 + 0x2_0000);
        return stack;
    }

    private static void Put(byte[] stack, ulong address, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(stack.AsSpan((int)(address - StackPointer)), value);
}
