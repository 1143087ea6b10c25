using System.Buffers.Binary;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>
/// Properties over generated stacks: what is there is always found, what is not there is never sure. Everything is made from
/// fixed seeds; the random stacks differ from one to the next in eight words.
/// </summary>
[TestClass]
public sealed class RandomStackTests
{
    private const ulong StackAddress = 0x00ab_cd00_0000;
    private const uint StackAddress32 = 0x0089_0000;

    private static readonly CallbackLayout[] X86Layouts = [CallbackLayout.X86Xp, CallbackLayout.X86Vista, CallbackLayout.X86Windows10];

    [TestMethod]
    [Timeout(120_000)]
    public void Of_a_million_random_stacks_none_is_surely_in_a_callback()
    {
        var finders = new[] { WindowsX64.WithExports(), WindowsX64.WithoutSymbols(), new SyntheticProcess() }.Select(process => new CallbackFrameFinder(process)).ToArray();
        var random = new Random(20_261_122);
        byte[] bytes = new byte[0x200];
        Fill(bytes, random, StackAddress);
        for (int i = 0; i < 1_000_000; i++)
        {
            for (int changes = 0; changes < 8; changes++)
                WriteWord(bytes, random.Next(bytes.Length / sizeof(ulong)) * sizeof(ulong), random, StackAddress);
            AssertUnsure(finders[i % finders.Length].Examine(Thread(StackAddress, bytes)), i);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public void Of_a_million_random_x86_stacks_none_is_surely_in_a_callback()
    {
        CallbackFrameFinder[] finders = [.. X86Layouts.Select(WindowsX86.WithExports).Append(WindowsX86.WithoutSymbols()).Select(process => new CallbackFrameFinder(process))];
        var random = new Random(20_261_123);
        byte[] bytes = new byte[0x100];
        for (int i = 0; i < 1_000_000; i++)
        {
            for (int changes = 0; changes < 8; changes++)
                WriteWord32(bytes, random.Next(bytes.Length / sizeof(uint)) * sizeof(uint), random);
            AssertUnsure(finders[i % finders.Length].Examine(Thread(StackAddress32, bytes)), i);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public void A_frame_with_one_broken_invariant_is_never_sure()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithExports());
        for (int seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            CallbackStackBuilder builder = new CallbackStackBuilder(0x1000, seed).Calls(0x40).X64Callback(random.Next(0x200), new byte[random.Next(0x40)]);
            Break(builder, random);
            AssertUnsure(finder.Examine(builder.Build()), seed);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public void Random_nesting_between_stale_frames_is_always_recovered()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithExports());
        for (int seed = 0; seed < 2_000; seed++)
        {
            CallbackStackBuilder builder = Nest(seed, is32Bit: false, (stack, random) => stack.X64Callback(random.Next(0x200), Input(random)));
            AssertRecovered(builder, finder.Examine(builder.Build()), seed);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow(CallbackLayout.X86Xp)]
    [DataRow(CallbackLayout.X86Vista)]
    [DataRow(CallbackLayout.X86Windows10)]
    public void Random_x86_nesting_between_stale_frames_is_always_recovered(CallbackLayout layout)
    {
        var finder = new CallbackFrameFinder(WindowsX86.WithExports(layout));
        for (int seed = 0; seed < 1_000; seed++)
        {
            CallbackStackBuilder builder = Nest(seed, is32Bit: true, (stack, random) => stack.X86Callback(layout, Input(random)));
            AssertRecovered(builder, finder.Examine(builder.Build(WindowsX86.App)), seed);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public void Wherever_the_memory_ends_the_frames_before_the_end_are_found_and_the_depth_is_a_minimum()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithExports());
        for (int seed = 0; seed < 300; seed++)
        {
            CallbackStackBuilder builder = Nest(seed, is32Bit: false, (stack, random) => stack.X64Callback(random.Next(0x200), Input(random)));
            ulong end = builder.StackPointer + 8 * (ulong)new Random(seed).Next((int)(builder.Base - builder.StackPointer) / 8);
            ulong[] whole = [.. builder.Frames.Where(frame => frame.InputBuffer <= end).Select(frame => frame.Address)];

            MemoryEvidence evidence = finder.Examine(builder.Build(end: end));

            CollectionAssert.IsSubsetOf(whole, evidence.Frames.Select(frame => frame.Address).ToArray(), $"seed {seed}");
            Assert.IsTrue(evidence.DepthIsMinimum, $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow(0UL)]
    [DataRow(1UL)]
    [DataRow(7UL)]
    [DataRow(0xffff_ffff_ffff_0000UL)]
    [DataRow(0xffff_ffff_ffff_fe01UL)]
    [DataRow(0xffff_ffff_ffff_ffffUL)]
    [DataRow(0x0000_0000_ffff_ff00UL)]
    public void Memory_at_impossible_addresses_is_searched_without_harm(ulong address)
    {
        foreach (Architecture architecture in Enum.GetValues<Architecture>())
        {
            var finder = new CallbackFrameFinder(new SyntheticProcess { Architecture = architecture, WindowsBuild = null, IsWine = true, Modules = [.. WindowsX64.Modules] });
            for (int seed = 0; seed < 200; seed++)
            {
                byte[] bytes = new byte[0x200 + seed % 9];
                Fill(bytes, new Random(seed), address);
                AssertUnsure(finder.Examine(Thread(address, bytes)), seed);
                AssertUnsure(finder.Examine(Thread(address, bytes) with { StackPointer = ulong.MaxValue }), seed);
            }
        }
    }

    private static void Fill(byte[] bytes, Random random, ulong address)
    {
        for (int i = 0; i + sizeof(ulong) <= bytes.Length; i += sizeof(ulong))
            WriteWord(bytes, i, random, address);
    }

    /// <summary>A word as it lies on stacks, often one that points where a callback frame's words would point.</summary>
    private static void WriteWord(byte[] bytes, int offset, Random random, ulong address)
    {
        ulong here = address + (ulong)offset;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), random.Next(8) switch
        {
            0 => here + 0x38,
            1 => here + (ulong)random.Next(0x100),
            2 => ((ulong)random.Next(0x220) << 32) | (uint)random.Next(0x80),
            3 => WindowsX64.Entry,
            4 => WindowsX64.Ntdll + (ulong)random.Next(0x1f5000),
            5 => WindowsX64.Dispatcher + 0x40,
            6 => 0,
            _ => (ulong)random.NextInt64(),
        });
    }

    private static void WriteWord32(byte[] bytes, int offset, Random random)
    {
        uint here = StackAddress32 + (uint)offset;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), random.Next(8) switch
        {
            0 => here + 0x08,
            1 => here + 0x10,
            2 => here + 0x14,
            3 => (uint)random.Next(0x80),
            4 => WindowsX86.Ntdll + (uint)random.Next(0x1a3000),
            5 => here + (uint)random.Next(0x80),
            6 => uint.MaxValue,
            _ => (uint)random.Next(),
        });
    }

    /// <summary>Breaks one of the words that make a frame, by a value that is likely on a stack.</summary>
    private static void Break(CallbackStackBuilder builder, Random random)
    {
        CallbackFrame frame = builder.Frames[0];
        switch (random.Next(6))
        {
            case 0:
                builder.Write(frame.Address + 0x20, frame.Address + 0x58 + 8 * (ulong)(1 + random.Next(8)));
                break;
            case 1:
                builder.Write(frame.Address + 0x2c, (uint)random.Next(0x200, int.MaxValue));
                break;
            case 2:
                builder.Write(frame.Address + 0x28, frame.InputLength + 0x10 + (uint)random.Next());
                break;
            case 3:
                builder.Write(frame.Address + 0x48, frame.OuterStackPointer + 0x10 * (ulong)(1 + random.Next(0x100)));
                break;
            case 4:
                builder.Write(frame.Address + 0x30, WindowsX64.App + (ulong)random.Next(0x20000));
                break;
            default:
                builder.Write(frame.Address - 8, WindowsX64.Dispatcher + 0x40 + (ulong)random.Next(0x1000));
                break;
        }
    }

    private static CallbackStackBuilder Nest(int seed, bool is32Bit, Action<CallbackStackBuilder, Random> enter)
    {
        var random = new Random(seed);
        var builder = new CallbackStackBuilder(size: 0x8000, seed, is32Bit);
        for (int depth = random.Next(32); depth > 0; depth--)
        {
            builder.Calls(random.Next(0x200));
            enter(builder, random);
            if (random.Next(4) == 0)
                builder.Calls(0x20).LeaveStale(WindowsX64.App + (ulong)random.Next(0x20000));
        }

        return builder.Calls(random.Next(0x200));
    }

    private static byte[] Input(Random random)
    {
        byte[] input = new byte[random.Next(0x80)];
        random.NextBytes(input);
        return input;
    }

    private static ThreadStack Thread(ulong address, byte[] bytes) => new()
    {
        Thread = new ThreadIdentity(0),
        StackPointer = address,
        Memory = new StackMemory(address, bytes, IsComplete: true),
    };

    private static void AssertUnsure(MemoryEvidence evidence, int seed)
    {
        foreach (CallbackFrame frame in evidence.Frames)
            Assert.AreNotEqual(Confidence.High, frame.Confidence, $"seed {seed}: {frame}");
    }

    private static void AssertRecovered(CallbackStackBuilder builder, MemoryEvidence evidence, int seed)
    {
        CollectionAssert.AreEqual(builder.Frames.Select(frame => frame.Address).ToArray(), evidence.Frames.Select(frame => frame.Address).ToArray(), $"seed {seed}");
        CollectionAssert.AreEqual(builder.Frames.Select(frame => frame.ApiNumber).ToArray(), evidence.Frames.Select(frame => frame.ApiNumber).ToArray(), $"seed {seed}");
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.High), $"seed {seed}");
    }
}
