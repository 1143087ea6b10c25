using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Model;

namespace KCallbacks.Benchmarks;

/// <summary>Evidence from memory: the search of one thread's stack.</summary>
[MemoryDiagnoser]
[Config(typeof(WithThroughput))]
public class MemoryScanBenchmark
{
    private const ulong StackAddress = 0x00ab_cd00_0000;
    private const ulong Ntdll = 0x7ffa_1000_0000;
    private const ulong Win32u = 0x7ffa_0e00_0000;
    private const ulong Dispatcher = Ntdll + 0x9fbd0;

    private CallbackFrameFinder _x64 = null!;
    private CallbackFrameFinder _x86 = null!;
    private ThreadStack _thread = null!;
    private ThreadStack _thread32 = null!;
    private ThreadStack _nested = null!;

    /// <summary>Bytes of the stack: a small one, a usual one, and the default reserve of a thread.</summary>
    [Params(0x1000, 0x10000, 0x100000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void MakeStacks()
    {
        _x64 = new CallbackFrameFinder(new FixedProcess(Architecture.X64));
        _x86 = new CallbackFrameFinder(new FixedProcess(Architecture.X86));
        _thread = Thread(StackAddress, Noise());
        _thread32 = Thread(0x0010_0000, Noise());
        _nested = Thread(StackAddress, WithFrames(depth: 3));
    }

    [Benchmark(Description = "x64, no callback")]
    public int X64WithoutCallback() => _x64.Examine(_thread).BytesSearched;

    [Benchmark(Description = "x64, three callbacks")]
    public int X64WithCallbacks() => _x64.Examine(_nested).Frames.Length;

    [Benchmark(Description = "x86 of unknown version, no callback")]
    public int X86WithoutCallback() => _x86.Examine(_thread32).BytesSearched;

    private static ThreadStack Thread(ulong address, byte[] bytes) => new()
    {
        Thread = new ThreadIdentity(0),
        StackPointer = address,
        Memory = new StackMemory(address, bytes, IsComplete: true),
    };

    /// <summary>What lies on stacks: small numbers, pointers into the stack, return addresses.</summary>
    private byte[] Noise()
    {
        var random = new Random(1);
        byte[] bytes = new byte[Bytes];
        for (int i = 0; i < Bytes; i += sizeof(ulong))
        {
            ulong word = random.Next(4) switch
            {
                0 => (ulong)random.Next(0x1000),
                1 => StackAddress + (ulong)random.Next(Bytes),
                2 => Ntdll + (ulong)random.Next(0x1f5000),
                _ => (ulong)random.NextInt64(),
            };
            BitConverter.TryWriteBytes(bytes.AsSpan(i), word);
        }

        return bytes;
    }

    private byte[] WithFrames(int depth)
    {
        byte[] bytes = Noise();
        for (int level = 0; level < depth; level++)
        {
            int frame = (Bytes / (depth + 1) * (level + 1)) & ~0xF;
            ulong address = StackAddress + (ulong)frame;
            BitConverter.TryWriteBytes(bytes.AsSpan(frame - 0x08), Dispatcher + 0x24);
            BitConverter.TryWriteBytes(bytes.AsSpan(frame + 0x20), address + 0x58);
            BitConverter.TryWriteBytes(bytes.AsSpan(frame + 0x28), 0x30);
            BitConverter.TryWriteBytes(bytes.AsSpan(frame + 0x2c), 2);
            BitConverter.TryWriteBytes(bytes.AsSpan(frame + 0x30), Win32u + 0x1014);
            BitConverter.TryWriteBytes(bytes.AsSpan(frame + 0x48), address + 0x88);
        }

        return bytes;
    }

    private sealed class FixedProcess(Architecture architecture) : IProcessView
    {
        public Architecture Architecture => architecture;

        public int? WindowsBuild => null;

        public bool IsWine => false;

        public ImmutableArray<Module> Modules { get; } = [new("ntdll", Ntdll, 0x1f5000), new("win32u", Win32u, 0x22000)];

        public ulong? ProcessEnvironmentBlock => null;

        public bool TryRead(ulong address, Span<byte> destination) => false;

        public Symbol? FindSymbol(ulong address) => null;

        public ulong? FindFunction(string module, string function) => function == "KiUserCallbackDispatcher" ? Dispatcher : null;
    }
}
