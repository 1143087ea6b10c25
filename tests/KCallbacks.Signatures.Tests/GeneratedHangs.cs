using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Signatures;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Stacks;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Signatures.Tests;

/// <summary>
/// The same hung threads in dumps of several builds of Windows, with and without images, and printed with symbols; programs whose threads
/// wait for each other on several builds.
/// </summary>
internal static class GeneratedHangs
{
    private static readonly WindowsLayout[] Builds = [WindowsLayout.Windows7, WindowsLayout.Windows10, WindowsLayout.Windows11];

    /// <summary>These two differ in where the return from the callback stands, not in what hangs.</summary>
    private const string Returns = "routine returns";

    private const string AlsoReturns = "dispatcher returns for the routine";

    /// <summary>From so many equal callbacks on, the next capture of the same hang has more.</summary>
    private const int Recursion = 4;

    /// <summary>Every capture.</summary>
    public static IEnumerable<HungCapture> All => Threads.Concat(Programs);

    private static IEnumerable<HungCapture> Threads =>
        from build in Builds
        from plan in new[] { UserCases.Shapes(build), UserCases.StacksAndCode(build), UserCases.StacksOnly(build), UserCases.Nested(build) }
        from capture in CapturesOf(plan)
        select capture;

    private static IEnumerable<HungCapture> Programs =>
        from build in Builds.Append(WindowsLayout.Windows1607)
        from plan in WaitCases.Of(build)
        select new HungCapture($"waits {Plain(plan.Name, build)}", plan.Name, HangSignature.Of(Judging.Of(FixtureFolder.OfRepository.Generate(plan).Path))?.Text);

    private static IEnumerable<HungCapture> CapturesOf(DumpPlan plan)
    {
        (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(plan);
        HangResult result = Judging.Of(path);
        for (int i = 0; i < plan.Threads.Count; i++)
        {
            if (!plan.Threads[i].Entries.OfType<KernelCallback>().Any())
                continue;
            string hang = HangOf(plan, i);
            yield return new HungCapture(hang, plan.Name, HangSignature.Of(result.Threads[i]).Text);
            if (plan.Content != DumpContent.Full)
                continue;
            foreach (PrintForm form in PrintForm.All)
                yield return new HungCapture(hang, $"{plan.Name} {form.Name}", Judging.Of(form.Read([.. dump.Threads[i].Stack.Frames.Select(PrintForm.FrameOf)])).Text);
        }
    }

    private static string HangOf(DumpPlan plan, int thread)
    {
        string description = plan.Threads[thread].Description;
        int depth = plan.Threads[thread].Entries.OfType<KernelCallback>().Count();
        return $"thread: {(description == AlsoReturns ? Returns : depth >= Recursion ? "recursion" : description)}";
    }

    private static string Plain(string name, WindowsLayout build) =>
        name.Replace($"-{build.Name}", "", StringComparison.Ordinal).Replace("-exports", "", StringComparison.Ordinal);
}
