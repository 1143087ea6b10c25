using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.RandomStacks;

/// <summary>What makes a stack worse never turns a callback into a none that is said with confidence.</summary>
[TestClass]
public sealed class MutationTests
{
    private const int StacksOfEachSpelling = 200;

    private delegate StackFrame Change(StackFrame frame);

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Losing_the_symbols_of_modules_hides_no_callback(string spelling) =>
        ForEachStack(spelling, (random, frames) =>
        {
            HashSet<string> lost = PickModules(random, frames);
            return Changed(frames, frame => lost.Contains(Plain(frame)) ? frame with { Function = null, Displacement = 0x1_2345 } : frame);
        });

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Losing_modules_hides_no_callback(string spelling) =>
        ForEachStack(spelling, (random, frames) =>
        {
            HashSet<string> lost = PickModules(random, frames);
            return Changed(frames, frame => lost.Contains(Plain(frame)) ? new StackFrame(null, null, null, 0x7ffb_1234_5678) : frame);
        });

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Truncation_hides_no_callback(string spelling) =>
        ForEachStack(spelling, (random, frames) => [.. frames.Take(random.Next(frames.Length))]);

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Nameless_frames_anywhere_in_ntdll_hide_no_callback(string spelling) =>
        ForEachStack(spelling, (random, frames) => Changed(
            frames,
            frame => frame.Module!.StartsWith("ntdll", StringComparison.Ordinal) && random.Next(2) == 0 ? frame with { Function = null } : frame));

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Another_spelling_changes_nothing(string spelling)
    {
        Change[] changes =
        [
            frame => frame with { Module = frame.Module?.ToUpperInvariant() },
            frame => frame with { Module = frame.Module?.ToLowerInvariant() },
            frame => frame with { Module = frame.Module is { } module ? @"C:\Windows\System32\" + module : null },
            frame => frame with { Module = frame.Module is { } module && !module.Contains('_', StringComparison.Ordinal) && !module.Contains('.', StringComparison.Ordinal) ? module + "_7ffb0000" : frame.Module },
            frame => frame with { Function = frame.Function is { } function ? function + "(void *, unsigned int)" : null },
            frame => frame with { Function = frame.Function is { } function ? " " + function + "\ufffd" : null },
        ];
        ForEachStack(spelling, (random, frames) => Changed(frames, changes[random.Next(changes.Length)]), mustKeepDepth: true);
    }

    private static void ForEachStack(string spellingName, Func<Random, ImmutableArray<StackFrame>, ImmutableArray<StackFrame>> mutate, bool mustKeepDepth = false)
    {
        Spelling spelling = Spelling.All.Single(spelling => spelling.Name == spellingName);
        for (int seed = 0; seed < StacksOfEachSpelling; seed++)
        {
            Nested built = new NestedStackGenerator(seed, spelling).Build((seed % 4) + 1);
            ThreadStack worse = built.Stack with { Frames = mutate(new Random(seed), built.Stack.Frames) };
            ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(worse);

            bool isHidden = finding is { Verdict: Verdict.None, Confidence: > Confidence.Low };
            if (isHidden || (mustKeepDepth && finding.Depth != built.Routines.Count))
                Assert.Fail($"seed {seed}: {finding.Verdict}, depth {finding.Depth}, {finding.Reason}{Environment.NewLine}{RecoveryTests.Print(worse)}");
        }
    }

    private static HashSet<string> PickModules(Random random, ImmutableArray<StackFrame> frames) =>
        [.. frames.Select(Plain).Distinct().Where(module => module.Length > 0 && random.Next(2) == 0)];

    private static string Plain(StackFrame frame) => ModuleName.Plain(frame.Module).ToString();

    private static ImmutableArray<StackFrame> Changed(ImmutableArray<StackFrame> frames, Change change) =>
        [.. frames.Select(frame => frame.Module is null ? frame : change(frame))];
}
