using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>
/// Stacks that a hostile program filled: the work is counted, not timed. It grows no faster than the bytes, it is bounded where a stack
/// holds more than Windows nests, and it can be ended.
/// </summary>
[TestClass]
public sealed class SearchWorkTests
{
    private const ulong StackAddress = 0x00ab_cd00_0000;
    private const int FrameStep = 0x70;
    private const int Few = 1_000;
    private const int Many = 4 * Few;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_stack_of_well_formed_frames_is_damaged_and_costs_a_bounded_number_of_looks(bool returnsDiffer)
    {
        (ThreadFinding few, int readsOfFew) = Judge(Frames(Few, returnsDiffer));
        (ThreadFinding many, int readsOfMany) = Judge(Frames(Many, returnsDiffer));

        Assert.AreEqual(Verdict.Unknown, many.Verdict);
        StringAssert.Contains(many.Reason, "damaged");
        Assert.IsEmpty(many.Callbacks);
        Assert.AreEqual(few.Reason, many.Reason);
        Assert.AreEqual(readsOfFew, readsOfMany, "reads of the process");
        Assert.AreEqual(Candidates(Frames(Few, returnsDiffer)), Candidates(Frames(Many, returnsDiffer)), "places looked at");
    }

    [TestMethod]
    [DataRow(33, true)]
    [DataRow(32, false)]
    public void More_frames_than_Windows_nests_are_damage(int frames, bool isDamage)
    {
        ThreadFinding finding = Judge(Frames(frames, returnsDiffer: false)).Finding;

        Assert.AreEqual(isDamage ? Verdict.Unknown : Verdict.InCallback, finding.Verdict, finding.Reason);
        Assert.AreEqual(isDamage ? 0 : frames, finding.Depth);
    }

    [TestMethod]
    public void A_walk_to_the_threads_start_tells_also_of_a_damaged_stack()
    {
        ThreadStack thread = Frames(Few, returnsDiffer: false) with
        {
            Walk = WalkExtent.Complete,
            Frames =
            [
                new("ntdll", "NtWaitForSingleObject", 0x14, WindowsX64.Ntdll + 0x9_0014, StackAddress),
                new("ntdll", "RtlUserThreadStart", 0x21, WindowsX64.Ntdll + 0x5_0000, StackAddress + 0x20),
            ],
        };

        Assert.AreEqual(Verdict.None, Judge(thread).Finding.Verdict);
    }

    [TestMethod]
    public void A_stack_of_words_that_point_above_themselves_costs_one_look_a_word()
    {
        int few = Candidates(SelfPointers(Few));
        int many = Candidates(SelfPointers(Many));

        Assert.IsTrue(few <= Few && many <= 4 * (few + 2), $"{few} of {Few} words, {many} of {Many}");
    }

    [TestMethod]
    public void A_stack_of_left_over_frames_is_bounded_too()
    {
        ThreadStack few = LeftOver(Few);
        ThreadStack many = LeftOver(Many);

        Assert.AreEqual(Candidates(few), Candidates(many));
        StringAssert.Contains(Judge(many).Finding.Reason, "damaged");
    }

    [TestMethod]
    public void A_stack_of_x86_frames_is_damaged_and_bounded()
    {
        ThreadFinding Judged(int frames) => new CallbackDetector(WindowsX86.WithoutSymbols(19041)).Judge(X86Frames(frames));

        Assert.AreEqual(Verdict.Unknown, Judged(Many).Verdict);
        StringAssert.Contains(Judged(Many).Reason, "damaged");
        Assert.AreEqual(CandidatesOfX86(Few), CandidatesOfX86(Many));
    }

    [TestMethod]
    public void A_search_can_be_ended()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithExports());
        int asked = 0;
        bool IsCancelled() => ++asked == 2;

        Assert.ThrowsExactly<OperationCanceledException>(() => finder.Examine(SelfPointers(2 * Many), IsCancelled));
        Assert.AreEqual(2, asked, "once true, it is not asked again");
        Assert.ThrowsExactly<OperationCanceledException>(() => finder.IsFreeOfFrames(SelfPointers(Many), () => true));
    }

    private static (ThreadFinding Finding, int Reads) Judge(ThreadStack thread)
    {
        var process = new CountingProcess(WindowsX64.WithoutSymbols());
        var detector = new CallbackDetector(process);
        process.Reads = 0;
        return (detector.Judge(thread), process.Reads);
    }

    private static int Candidates(ThreadStack thread) => new CallbackFrameFinder(WindowsX64.WithExports()).Examine(thread).CandidatesChecked;

    private static int CandidatesOfX86(int frames) => new CallbackFrameFinder(WindowsX86.WithoutSymbols(19041)).Examine(X86Frames(frames)).CandidatesChecked;

    /// <summary>Frames that are whole and say that their callbacks run.</summary>
    private static ThreadStack Frames(int count, bool returnsDiffer) => Fill(count, (bytes, offset, i) =>
    {
        ulong frame = StackAddress + (ulong)offset;
        ulong returnAddress = returnsDiffer ? WindowsX64.Ntdll + 0x1000 * (ulong)(1 + (i * 7919 % 0x100)) : WindowsX64.ReturnFromRoutine;
        Write(bytes, offset - 0x08, returnAddress);
        Write(bytes, offset + 0x20, frame + 0x58);
        Write(bytes, offset + 0x28, 0x1ffUL << 32);
        Write(bytes, offset + 0x30, WindowsX64.Entry);
        Write(bytes, offset + 0x48, frame + 0x58);
        Write(bytes, offset + 0x58, WindowsX64.User32 + 0x2000);
    });

    /// <summary>Frames whose return address was overwritten.</summary>
    private static ThreadStack LeftOver(int count)
    {
        ThreadStack frames = Frames(count, returnsDiffer: false);
        byte[] bytes = frames.Memory!.Bytes.ToArray();
        for (int i = 0; i < count; i++)
            Write(bytes, Offset(i) - 0x08, 1);
        return frames with { Memory = frames.Memory with { Bytes = bytes } };
    }

    private static ThreadStack SelfPointers(int words)
    {
        byte[] bytes = new byte[words * sizeof(ulong)];
        for (int i = 0; i < words; i++)
            Write(bytes, i * sizeof(ulong), StackAddress + (ulong)(i * sizeof(ulong)) + 0x38);
        return Thread(StackAddress, bytes);
    }

    private static ThreadStack X86Frames(int count)
    {
        const uint address = 0x0089_0000;
        byte[] bytes = new byte[(count + 2) * FrameStep];
        for (int i = 0; i < count; i++)
        {
            uint frame = address + (uint)Offset(i);
            uint[] words =
            [
                WindowsX86.ReturnOf(CallbackLayout.X86Windows10), frame + 0x18, 0x20,
                i + 1 < count ? frame + FrameStep + 0x0c : uint.MaxValue, WindowsX86.HandlerOf(CallbackLayout.X86Windows10), frame + 0x3c,
            ];
            for (int word = 0; word < words.Length; word++)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Offset(i) + (word * sizeof(uint))), words[word]);
        }

        return Thread(address, bytes);
    }

    private static ThreadStack Fill(int count, Action<byte[], int, int> write)
    {
        byte[] bytes = new byte[(count + 2) * FrameStep];
        for (int i = 0; i < count; i++)
            write(bytes, Offset(i), i);
        return Thread(StackAddress, bytes);
    }

    private static int Offset(int frame) => (frame * FrameStep) + 0x20;

    private static ThreadStack Thread(ulong address, byte[] bytes) => new()
    {
        Thread = new ThreadIdentity(0),
        StackPointer = address,
        InstructionPointer = WindowsX64.App + 0x1000,
        Memory = new StackMemory(address, bytes, IsComplete: true),
    };

    private static void Write(byte[] bytes, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);

    /// <summary>Counts what is asked of a process.</summary>
    private sealed class CountingProcess(IProcessView process) : IProcessView
    {
        public int Reads { get; set; }

        public Architecture Architecture => process.Architecture;

        public int? WindowsBuild => process.WindowsBuild;

        public bool IsWine => process.IsWine;

        public ImmutableArray<Module> Modules => process.Modules;

        public ulong? ProcessEnvironmentBlock => process.ProcessEnvironmentBlock;

        public bool TryRead(ulong address, Span<byte> destination)
        {
            Reads++;
            return process.TryRead(address, destination);
        }

        public Symbol? FindSymbol(ulong address)
        {
            Reads++;
            return process.FindSymbol(address);
        }

        public ulong? FindFunction(string module, string function) => process.FindFunction(module, function);
    }
}
