using System.Buffers.Binary;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>
/// Builds a user stack the way a thread does, from its base down: calls, the kernel's callback frames, calls, ...
/// The bytes between are random unless a test writes them.
/// </summary>
public sealed class CallbackStackBuilder
{
    private const ulong Top = 0x00ab_cd10_0000;
    private const ulong Top32 = 0x0089_0000;

    private readonly byte[] _bytes;
    private readonly Random _random;
    private readonly List<CallbackFrame> _frames = [];
    private uint _record = uint.MaxValue;

    /// <param name="size">Bytes from the lowest address to the stack's base.</param>
    /// <param name="seed">What the bytes between the frames are made from.</param>
    /// <param name="is32Bit">Whether the stack lies in the lower 4 GB and holds 4-byte words.</param>
    public CallbackStackBuilder(int size = 0x4000, int seed = 1, bool is32Bit = false)
    {
        Base = is32Bit ? Top32 : Top;
        _random = new Random(seed);
        _bytes = new byte[size];
        _random.NextBytes(_bytes);
        StackPointer = Base - 0x80;
    }

    /// <summary>The end of the stack, from where it grows down.</summary>
    public ulong Base { get; }

    /// <summary>The stack pointer after what was built so far.</summary>
    public ulong StackPointer { get; private set; }

    /// <summary>The callbacks entered, innermost first.</summary>
    public IReadOnlyList<CallbackFrame> Frames => _frames;

    /// <summary>Calls functions with so many bytes of locals and return addresses.</summary>
    public CallbackStackBuilder Calls(int bytes = 0x100)
    {
        StackPointer = (StackPointer - (ulong)bytes) & ~0xFUL;
        return this;
    }

    /// <summary>
    /// Makes a system call and lets the kernel enter the dispatcher on x64, which calls the routine.
    /// </summary>
    public CallbackStackBuilder X64Callback(
        int apiNumber = 2, byte[]? input = null, ulong rip = WindowsX64.Entry, ulong returnAddress = WindowsX64.ReturnFromRoutine)
    {
        input ??= [];
        ulong rsp = StackPointer - 8;
        Write(rsp, WindowsX64.User32 + 0x2000);
        ulong frame = (rsp - (ulong)input.Length - 0x58) & ~0xFUL;
        Write(frame + 0x20, frame + 0x58);
        Write(frame + 0x28, (uint)input.Length);
        Write(frame + 0x2c, (uint)apiNumber);
        Write(frame + 0x30, rip);
        Write(frame + 0x48, rsp);
        Write(frame + 0x58, input);
        Write(frame - 8, returnAddress);
        Enter(new CallbackFrame
        {
            Layout = CallbackLayout.X64,
            Address = frame,
            ApiNumber = apiNumber,
            InputBuffer = frame + 0x58,
            InputLength = (uint)input.Length,
            EntryInstructionPointer = rip,
            OuterStackPointer = rsp,
            ReturnAddress = returnAddress,
            Confidence = Confidence.High,
            ConfidenceReason = "built",
        }, frame - 8);
        return returnAddress == WindowsX64.ReturnFromRoutine ? CallsFromX64Routine() : this;
    }

    /// <summary>Lets the innermost routine call, as it does all the time its callback runs.</summary>
    /// <param name="returnAddress">What its call leaves; null for the first call that user32 of 19041 makes there.</param>
    public CallbackStackBuilder CallsFromX64Routine(ulong? returnAddress = null)
    {
        if (RoutineCallTables.Find(WindowsX64.Build, _frames[0].ApiNumber!.Value) is not { } calls)
            return this;
        StackPointer = _frames[0].Address - calls.Slot;
        return Write(StackPointer, returnAddress ?? WindowsX64.Routine + (calls.Running.IsEmpty ? 0x40 : calls.Running[0]));
    }

    /// <summary>Makes a system call and lets the kernel enter the dispatcher of an x86 version, which calls the routine.</summary>
    public CallbackStackBuilder X86Callback(CallbackLayout layout, byte[]? input = null, uint? returnAddress = null)
    {
        input ??= [];
        ulong esp = StackPointer - 4;
        Write(esp, WindowsX86.User32 + 0x2000);
        Write(esp - 4, WindowsX86.Entry);
        uint inputOffset = layout switch { CallbackLayout.X86Xp => 0x0c, CallbackLayout.X86Vista => 0x14, _ => 0x18 };
        ulong slot = (esp - 8 - (ulong)input.Length - inputOffset) & ~0x3UL;
        uint returned = returnAddress ?? WindowsX86.ReturnOf(layout);
        Write(slot, returned);
        Write(slot + 0x04, (uint)slot + inputOffset);
        Write(slot + 0x08, (uint)input.Length);
        if (layout != CallbackLayout.X86Xp)
        {
            Write(slot + 0x0c, _record);
            Write(slot + 0x10, WindowsX86.HandlerOf(layout));
            _record = (uint)slot + 0x0c;
        }

        if (layout == CallbackLayout.X86Windows10)
            Write(slot + 0x14, (uint)esp);
        Write(slot + inputOffset, input);
        return Enter(new CallbackFrame
        {
            Layout = layout,
            Address = slot,
            InputBuffer = slot + inputOffset,
            InputLength = (uint)input.Length,
            EntryInstructionPointer = layout == CallbackLayout.X86Windows10 ? WindowsX86.Entry : 0,
            OuterStackPointer = layout == CallbackLayout.X86Windows10 ? esp : 0,
            ReturnAddress = returned,
            Confidence = Confidence.High,
            ConfidenceReason = "built",
        }, slot);
    }

    /// <summary>
    /// Lets the routine of the innermost x86 frame call, passing on the first words of its input, as it does all the time its callback runs:
    /// its EBP and the return address lie below its arguments.
    /// </summary>
    /// <param name="passed">Words of the input that it passes on.</param>
    /// <param name="distance">How far below the frame the return address lies.</param>
    public CallbackStackBuilder CallsFromX86Routine(int passed = 6, uint distance = 0x3c)
    {
        CallbackFrame frame = _frames[0];
        ulong slot = frame.Address - distance;
        Write(slot - 4, (uint)frame.Address - 4).Write(slot, WindowsX86.User32 + 0x3_c3af);
        Write(slot + 4, At(frame.InputBuffer, 4 * passed).ToArray());
        StackPointer = slot - 4;
        return this;
    }

    /// <summary>Lets the routine of the innermost x86 frame call NtCallbackReturn, which leaves its arguments there.</summary>
    public CallbackStackBuilder ReturnsFromX86Routine()
    {
        uint frame = (uint)_frames[0].Address;
        uint slot = frame - 0x34;
        Write(slot, WindowsX86.CallbackReturn + 0x0c).Write(slot + 4, WindowsX86.User32 + 0x3_c3c7);
        Write(slot + 8, frame - 0x1c).Write(slot + 0xc, 0x18u);
        return Write(slot + 0x10, 0u);
    }

    /// <summary>Lets Wine 8 enter its dispatcher, which calls the routine.</summary>
    public CallbackStackBuilder WineCallback(int apiNumber = 2, byte[]? input = null)
    {
        input ??= [];
        ulong rsp = StackPointer - 8;
        Write(rsp, WindowsX64.User32 + 0x2000);
        ulong buffer = (rsp - (ulong)input.Length) & ~0xFUL;
        ulong entry = buffer - 0x28;
        Write(entry, 0xdeadbabeUL);
        Write(entry + 0x08, (ulong)apiNumber);
        Write(entry + 0x10, buffer);
        Write(entry + 0x18, (ulong)input.Length);
        Write(buffer, input);
        Write(entry - 0x160, WindowsX64.Dispatcher + 0xc3);
        return Enter(new CallbackFrame
        {
            Layout = CallbackLayout.WineX64,
            Address = entry,
            ApiNumber = apiNumber,
            InputBuffer = buffer,
            InputLength = (uint)input.Length,
            OuterStackPointer = rsp,
            ReturnAddress = WindowsX64.Dispatcher + 0xc3,
            Confidence = Confidence.High,
            ConfidenceReason = "built",
        }, entry - 0x160);
    }

    /// <summary>Lets the kernel enter the dispatcher on ARM64, as far as its frame is known.</summary>
    public CallbackStackBuilder Arm64Callback(int apiNumber = 2, byte[]? input = null, uint redZone = 0x10)
    {
        input ??= [];
        ulong sp = StackPointer;
        ulong frame = (sp - redZone - (ulong)input.Length - 0x30) & ~0xFUL;
        Write(frame, frame + 0x30);
        Write(frame + 0x08, (uint)input.Length);
        Write(frame + 0x0c, (uint)apiNumber);
        Write(frame + 0x18, WindowsX64.User32 + 0x5678);
        Write(frame + 0x20, sp);
        Write(frame + 0x28, WindowsX64.Entry);
        Write(frame + 0x30, input);
        return Enter(new CallbackFrame
        {
            Layout = CallbackLayout.Arm64,
            LinkRegister = WindowsX64.User32 + 0x5678,
            Address = frame,
            ApiNumber = apiNumber,
            InputBuffer = frame + 0x30,
            InputLength = (uint)input.Length,
            EntryInstructionPointer = WindowsX64.Entry,
            OuterStackPointer = sp,
            Confidence = Confidence.Low,
            ConfidenceReason = "built",
        }, frame);
    }

    /// <summary>
    /// Returns from the innermost callback and calls other functions over the same bytes, of which these leave all but
    /// the slot of the return address untouched: the callback's frame is stale.
    /// </summary>
    public CallbackStackBuilder LeaveStale(ulong overwritten = WindowsX64.App + 0x1234)
    {
        CallbackFrame over = _frames[0];
        _frames.RemoveAt(0);
        if (over.Layout == CallbackLayout.X64)
            Write(over.Address - 8, overwritten);
        else
            Write(over.Address, (uint)overwritten);
        _record = _frames.Count == 0 ? uint.MaxValue : (uint)_frames[0].Address + 0x0c;
        return this;
    }

    /// <summary>Overwrites stack bytes.</summary>
    public CallbackStackBuilder Write(ulong address, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(At(address, sizeof(ulong)), value);
        return this;
    }

    /// <summary>Overwrites stack bytes.</summary>
    public CallbackStackBuilder Write(ulong address, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(At(address, sizeof(uint)), value);
        return this;
    }

    /// <summary>Overwrites stack bytes.</summary>
    public CallbackStackBuilder Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(At(address, bytes.Length));
        return this;
    }

    /// <summary>The thread as a target hands it over.</summary>
    /// <param name="instructionPointer">Where the thread runs.</param>
    /// <param name="end">Where the target's memory ends; null for the base of the stack.</param>
    public ThreadStack Build(ulong instructionPointer = WindowsX64.App + 0x1000, ulong? end = null)
    {
        ulong lowest = Base - (ulong)_bytes.Length;
        int start = (int)(StackPointer - lowest);
        int length = (int)((end ?? Base) - StackPointer);
        return new ThreadStack
        {
            Thread = new ThreadIdentity(0),
            Walk = WalkExtent.NotWalked,
            InstructionPointer = instructionPointer,
            StackPointer = StackPointer,
            Memory = new StackMemory(StackPointer, _bytes.AsMemory(start, length), IsComplete: end is null),
        };
    }

    private CallbackStackBuilder Enter(CallbackFrame frame, ulong stackPointer)
    {
        _frames.Insert(0, frame);
        StackPointer = stackPointer;
        return this;
    }

    private Span<byte> At(ulong address, int length) => _bytes.AsSpan((int)(address - (Base - (ulong)_bytes.Length)), length);
}
