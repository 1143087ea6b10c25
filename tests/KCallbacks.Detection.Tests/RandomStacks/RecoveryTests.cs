using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.RandomStacks;

/// <summary>Random valid nesting is always recovered, in every spelling.</summary>
[TestClass]
public sealed class RecoveryTests
{
    private const int StacksOfEachSpelling = 310;
    private const int DeepestNesting = 30;

    [TestMethod]
    [DynamicData(nameof(Spelling.Names), typeof(Spelling))]
    public void Depth_routines_and_entries_are_recovered_exactly(string spellingName)
    {
        Spelling spelling = Spelling.All.Single(spelling => spelling.Name == spellingName);
        for (int seed = 0; seed < StacksOfEachSpelling; seed++)
        {
            Nested built = new NestedStackGenerator(seed, spelling).Build(seed % (DeepestNesting + 1));
            ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(built.Stack);

            bool isRecovered = finding.Verdict == Expected(built)
                && finding.Depth == built.Routines.Count
                && !finding.DepthIsMinimum
                && finding.Callbacks.Select(callback => Plain(callback.Routine)).SequenceEqual(built.Routines)
                && finding.Callbacks.Select(callback => Plain(callback.Entry)).SequenceEqual(built.Entries);
            if (!isRecovered)
                Assert.Fail($"seed {seed}: {finding.Verdict}, depth {finding.Depth}, {finding.Reason}{Environment.NewLine}{Print(built.Stack)}");
        }
    }

    private static Verdict Expected(Nested built) =>
        built.IsAtReturn ? Verdict.AtReturn : built.Routines.Count > 0 ? Verdict.InCallback : Verdict.None;

    private static string? Plain(string? name)
    {
        string? function = name?[(name.IndexOf('!', StringComparison.Ordinal) + 1)..].TrimStart('_');
        return function is not null && function.StartsWith("whcb", StringComparison.Ordinal) ? function[4..] : function;
    }

    internal static string Print(ThreadStack stack) =>
        string.Join(Environment.NewLine, stack.Frames.Select(frame => $"{frame.Module}!{frame.Function}+0x{frame.Displacement:x}"));
}
