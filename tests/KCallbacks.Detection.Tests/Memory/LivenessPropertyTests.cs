using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>
/// Properties of generated callbacks: one whose return left its traces, or whose frame was written over in one place, is never believed; one
/// that runs always is found. <c>KCALLBACKS_PROPERTY_CASES</c> sets how many are tried.
/// </summary>
[TestClass]
public sealed class LivenessPropertyTests
{
    private const int StackSize = 0x1800;
    private const uint Procedure = WindowsX86.App + 0x3000;

    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("KCALLBACKS_PROPERTY_CASES"), out int cases) ? cases : 20_000;

    private static readonly CallbackDetector X64 = new(WindowsX64.WithExports());
    private static readonly CallbackDetector X64WithoutSymbols = new(WindowsX64.WithoutSymbols());
    private static readonly CallbackDetector X86 = new(WindowsX86.WithExports(CallbackLayout.X86Windows10));
    private static readonly CallbackDetector X86WithoutSymbols = new(WindowsX86.WithoutSymbols(19041));

    /// <summary>Routines of 19041 whose calls the low digit tells apart.</summary>
    private static readonly int[] Routines =
    [
        .. Enumerable.Range(0, 0x81).Where(number => RoutineCallTables.Find(WindowsX64.Build, number) is { Slot: <= 0x68 } calls
            && !calls.Returned.IsEmpty && !calls.Running.IsEmpty && !calls.Running.Any(call => calls.Returned.Any(other => (call - other) % 16 == 0))),
    ];

    [TestMethod]
    [Timeout(600_000)]
    public void A_live_x64_callback_is_found()
    {
        for (int seed = 0; seed < Cases / 10; seed++)
        {
            var random = new Random(seed);
            ThreadFinding finding = Of(seed, X64, X64WithoutSymbols).Judge(LiveX64(random).Calls(random.Next(0x100)).Build());

            Assert.AreEqual(Verdict.InCallback, finding.Verdict, $"seed {seed}: {finding.Reason}");
            Assert.AreEqual(Confidence.Medium, finding.Confidence, $"seed {seed}: {finding.Reason}");
        }
    }

    [TestMethod]
    [Timeout(600_000)]
    public void An_x64_callback_that_is_over_is_not_believed()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            CallbackStackBuilder builder = LiveX64(random);
            EndX64(builder, random);
            AssertUnbelieved(Of(seed, X64, X64WithoutSymbols).Judge(builder.Calls(random.Next(0x100)).Build()), seed);
        }
    }

    [TestMethod]
    [Timeout(600_000)]
    public void A_live_x86_callback_is_found()
    {
        for (int seed = 0; seed < Cases / 10; seed++)
        {
            var random = new Random(seed);
            ThreadFinding finding = Of(seed, X86, X86WithoutSymbols).Judge(LiveX86(random).Calls(random.Next(0x100)).Build(WindowsX86.App));

            Assert.AreEqual(Verdict.InCallback, finding.Verdict, $"seed {seed}: {finding.Reason}");
            Assert.AreEqual(Confidence.Medium, finding.Confidence, $"seed {seed}: {finding.Reason}");
            Assert.AreEqual("user32!__fnDWORD", finding.Callbacks.Single().Routine, $"seed {seed}");
        }
    }

    [TestMethod]
    [Timeout(600_000)]
    public void An_x86_callback_that_is_over_is_not_believed()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            CallbackStackBuilder builder = LiveX86(random);
            EndX86(builder, random);
            AssertUnbelieved(Of(seed, X86, X86WithoutSymbols).Judge(builder.Calls(random.Next(0x100)).Build(WindowsX86.App)), seed);
        }
    }

    private static CallbackStackBuilder LiveX64(Random random)
    {
        int number = Routines[random.Next(Routines.Length)];
        RoutineCalls calls = RoutineCallTables.Find(WindowsX64.Build, number)!;
        return new CallbackStackBuilder(StackSize, random.Next())
            .Calls(random.Next(0x200))
            .X64Callback(number, Input(random))
            .CallsFromX64Routine(Routine(random) + calls.Running[random.Next(calls.Running.Length)]);
    }

    /// <summary>What a return leaves, or what later calls write over a frame.</summary>
    private static void EndX64(CallbackStackBuilder builder, Random random)
    {
        CallbackFrame frame = builder.Frames[0];
        RoutineCalls calls = RoutineCallTables.Find(WindowsX64.Build, frame.ApiNumber!.Value)!;
        switch (random.Next(4))
        {
            case 0:
                builder.CallsFromX64Routine(Routine(random) + calls.Returned[0]);
                break;
            case 1:
                builder.CallsFromX64Routine(Other(random));
                break;
            case 2:
                builder.Write(frame.OuterStackPointer, NoCode(builder, random));
                break;
            default:
                builder.Write(frame.Address - 8, Other(random));
                break;
        }
    }

    private static CallbackStackBuilder LiveX86(Random random) => new CallbackStackBuilder(StackSize, random.Next(), is32Bit: true)
        .Calls(random.Next(0x200))
        .X86Callback(CallbackLayout.X86Windows10, MessageInput.Wow64(Message(random), (uint)random.Next(), (uint)random.Next(), Procedure))
        .CallsFromX86Routine(distance: random.Next(2) == 0 ? 0x3cu : 0x40u);

    private static void EndX86(CallbackStackBuilder builder, Random random)
    {
        CallbackFrame frame = builder.Frames[0];
        switch (random.Next(3))
        {
            case 0:
                builder.ReturnsFromX86Routine();
                break;
            case 1:
                // Later calls wrote over the arguments of the routine's call: all of them, or only what differs from the input.
                builder.Write(builder.StackPointer + 8, (uint)random.Next(0x1_0000));
                break;
            default:
                builder.Write(frame.Address, (uint)Other(random));
                break;
        }
    }

    private static CallbackDetector Of(int seed, CallbackDetector even, CallbackDetector odd) => seed % 2 == 0 ? even : odd;

    private static ulong Routine(Random random) => WindowsX64.User32 + 0x1_0000 + (0x10 * (ulong)random.Next(0x1000));

    private static uint Message(Random random)
    {
        uint message = (uint)random.Next(1, 0x500);
        return message is 0x7c or 0x7d or 0x82 or 0x307 or (>= 0x3e0 and <= 0x3e8) ? 0x111 : message;
    }

    private static byte[] Input(Random random)
    {
        byte[] input = new byte[random.Next(0x80)];
        random.NextBytes(input);
        return input;
    }

    private static ulong NoCode(CallbackStackBuilder builder, Random random) => random.Next(4) switch
    {
        0 => ulong.MaxValue,
        1 => (ulong)random.Next(0x1_0000),
        2 => builder.Base - (ulong)random.Next(1, 0x100),
        _ => 0xffff_8000_0000_0000 + (ulong)random.Next(),
    };

    /// <summary>What lies on stacks, but is no address of user32 or of the dispatcher.</summary>
    private static ulong Other(Random random) => random.Next(4) switch
    {
        0 => 0,
        1 => (ulong)random.Next(0x1_0000),
        2 => WindowsX64.App + (ulong)random.Next(0x2_0000),
        _ => WindowsX64.Win32u + (ulong)random.Next(0x2_0000),
    };

    private static void AssertUnbelieved(ThreadFinding finding, int seed) => Assert.IsFalse(
        finding.Verdict is Verdict.InCallback or Verdict.AtReturn && finding.Confidence > Confidence.Low,
        $"seed {seed}: {finding.Verdict}, {finding.Confidence}: {finding.Reason}");
}
