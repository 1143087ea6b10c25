using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Waits;
using Architecture = KCallbacks.Detection.Model.Architecture;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>Random memory yields no certain wait for a thread.</summary>
[TestClass]
public sealed class RandomMemoryTests
{
    private const int Threads = 1_000_000;
    private const int ThreadsPerProcess = 1000;
    private const ulong Heap = 0x10_0000;
    private const int HeapWords = 0x2000;
    private const ulong Stub = WindowsX64.Ntdll + 0x9000;
    private const uint Number = 0x1d2;

    private static readonly string[] Services = ["NtWaitForAlertByThreadId", "NtWaitForSingleObject", "NtWaitForKeyedEvent", "NtUserMessageCall", "NtWaitForMultipleObjects"];

    [TestMethod]
    public void Random_stacks_and_registers_name_no_owner_for_certain()
    {
        var random = new Random(20261126);
        int certain = 0;
        int found = 0;
        for (int round = 0; round < Threads / ThreadsPerProcess; round++)
        {
            var process = new RandomProcess(random, Services[round % Services.Length]);
            ImmutableArray<WaitInput> threads = [.. Enumerable.Range(0, ThreadsPerProcess).Select(i => ThreadOf(i, process, random))];
            Wait[] waits = [.. new WaitFinder(process, new NoHandles(), new NoWindows(), threads).Find().SelectMany(thread => thread.Waits)];
            found += waits.Length;
            certain += waits.Count(wait => wait.Proof == WaitProof.Certain);
        }

        Assert.AreEqual(0, certain);
        Assert.IsGreaterThan(Threads / 2, found, "the threads do wait, for something");
    }

    private static WaitInput ThreadOf(int position, RandomProcess process, Random random)
    {
        ulong stackPointer = Heap + ((ulong)random.Next(HeapWords - 0x80) * 8);
        ulong Pointer() => RandomProcess.WordNear(random);
        return new WaitInput
        {
            Stack = new ThreadStack
            {
                Thread = new ThreadIdentity(position, SystemId: (uint)(position + 1) * 4),
                InstructionPointer = Stub + 0x14,
                StackPointer = stackPointer,
                Registers = new X64Registers(Pointer(), Pointer(), Pointer(), Pointer(), Pointer(), Pointer(), Pointer(), Pointer()),
                Frames =
                [
                    new StackFrame("ntdll", process.Service, 0x14, Stub + 0x14, stackPointer),
                    new StackFrame("ntdll", "RtlEnterCriticalSection", 0xf2, Stub + 0x1000, stackPointer + 8),
                    new StackFrame("app", "Work", 0x20, WindowsX64.App + 0x20, stackPointer + 0x80),
                ],
                CallRegisters = new X64CallRegisters(Number, Pointer(), Pointer(), Pointer(), Pointer(), 0, 0),
                EnvironmentBlock = Pointer(),
            },
        };
    }

    /// <summary>A process whose memory holds random words, small numbers and pointers into itself.</summary>
    private sealed class RandomProcess : IProcessView
    {
        private readonly byte[] _code;
        private readonly byte[] _memory;

        public RandomProcess(Random random, string service)
        {
            Service = service;
            _code = [0x4c, 0x8b, 0xd1, 0xb8, .. BitConverter.GetBytes(Number), 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3];
            ulong[] words = new ulong[HeapWords];
            for (int i = 0; i < words.Length; i++)
                words[i] = Word(random);
            _memory = MemoryMarshal.AsBytes<ulong>(words).ToArray();
        }

        public string Service { get; }

        public Architecture Architecture => Architecture.X64;

        public int? WindowsBuild => 19041;

        public bool IsWine => false;

        public ImmutableArray<Module> Modules { get; } = [.. WindowsX64.Modules];

        public ulong? ProcessEnvironmentBlock => Heap + 0x100;

        public static ulong WordNear(Random random) => Heap + ((ulong)random.Next(HeapWords) * 8);

        public bool TryRead(ulong address, Span<byte> destination) => TryCopy(_memory, Heap, address, destination) || TryCopy(_code, Stub, address, destination)
            || TryCopy(new byte[8], Stub - 8, address, destination) || (address == Stub + 0x14 - 0x18 && TryReadBefore(destination));

        public Symbol? FindSymbol(ulong address) =>
            address - Stub < 0x20 ? new Symbol("ntdll", Service, address - Stub, IsExport: false) : null;

        public ulong? FindFunction(string module, string function) => null;

        private bool TryReadBefore(Span<byte> destination)
        {
            destination.Clear();
            _code.AsSpan(0, 0x14).CopyTo(destination[4..]);
            return true;
        }

        private static ulong Word(Random random) => random.Next(10) switch
        {
            < 4 => Heap + ((ulong)random.Next(HeapWords) * 8),
            4 => (ulong)random.Next(1, ThreadsPerProcess) * 4,
            5 => ulong.MaxValue,
            _ => (ulong)random.NextInt64() ^ ((ulong)random.Next(2) << 63),
        };

        private static bool TryCopy(byte[] bytes, ulong start, ulong address, Span<byte> destination)
        {
            ulong offset = address - start;
            if (address < start || offset > (ulong)bytes.Length || (ulong)bytes.Length - offset < (ulong)destination.Length)
                return false;
            bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
            return true;
        }
    }
}
