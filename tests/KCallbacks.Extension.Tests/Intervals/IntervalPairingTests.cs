using KCallbacks.Extension.DataModel;
using KCallbacks.Extension.Intervals;

namespace KCallbacks.Extension.Tests.Intervals;

/// <summary>Which begin and which return of a recorded run belong together.</summary>
[TestClass]
public sealed class IntervalPairingTests
{
    [TestMethod]
    public void Nested_callbacks_are_kept_and_the_longest_is_first()
    {
        IReadOnlyList<CallbackInterval> intervals = IntervalPairing.Pair([Begin(1, 10, "outer"), Begin(1, 20, "inner"), Return(1, 25), Return(1, 90)]);

        Assert.AreEqual("outer 10-90 level 1; inner 20-25 level 2", Text(intervals));
        Assert.AreEqual(80ul, intervals[0].Duration);
    }

    [TestMethod]
    public void Callbacks_of_different_threads_do_not_mix() => Assert.AreEqual(
        "b 12-40 level 1; a 10-30 level 1",
        Text(IntervalPairing.Pair([Begin(2, 12, "b"), Begin(1, 10, "a"), Return(1, 30), Return(2, 40)])));

    [TestMethod]
    public void What_lacks_an_end_is_open() => Assert.AreEqual(
        "a 10-? level 1; b 20-? level 2; c 30-35 level 3; ? ?-5 level ?",
        Text(IntervalPairing.Pair([Return(1, 5), Begin(1, 10, "a"), Begin(1, 20, "b"), Begin(1, 30, "c"), Return(1, 35)])));

    [TestMethod]
    public void A_function_that_is_listed_by_two_names_counts_once() => Assert.AreEqual(
        "a 10-20 level 1",
        Text(IntervalPairing.Pair([Begin(1, 10, "a"), Begin(1, 10, "a"), Return(1, 20), Return(1, 20)])));

    [TestMethod]
    public void A_thread_whose_id_is_used_again_is_another_thread() => Assert.AreEqual(
        "a 10-? level 1; ? ?-50 level ?",
        Text(IntervalPairing.Pair([Begin(1, 10, "a", unique: 2), Return(1, 50, unique: 7)])));

    [TestMethod]
    public void Without_unique_ids_in_both_lists_the_thread_ids_count() => Assert.AreEqual(
        "a 10-50 level 1",
        Text(IntervalPairing.Pair([Begin(1, 10, "a", unique: 2), Return(1, 50)])));

    [TestMethod]
    public void Within_a_sequence_the_steps_count()
    {
        IReadOnlyList<CallbackInterval> intervals = IntervalPairing.Pair(
            [At(1, 5, 1, isReturn: false), At(1, 5, 30, isReturn: true), At(2, 5, 2, isReturn: false), At(2, 5, 90, isReturn: true)]);

        Assert.AreEqual("88, 29", string.Join(", ", intervals.Select(interval => interval.Steps)));
        Assert.AreEqual("thread 0x2, 5:2 to 5:5A, 88 steps, level 1", IntervalProperties.TextOf(intervals[0]));
    }

    [TestMethod]
    public void A_line_says_everything_of_a_callback()
    {
        IReadOnlyList<CallbackInterval> intervals = IntervalPairing.Pair([Begin(0x1a30, 16, "user32!__fnDWORD"), Return(0x1a30, 32), Begin(0x1a30, 48, "a\u202eb"), Return(7, 1)]);

        Assert.AreEqual(
            @"thread 0x1a30, a\u202eb, 0x30 to ? (open: no return), level 1|thread 0x1a30, user32!__fnDWORD, 0x10 to 0x20, 16 long, level 1|thread 0x7, ? (open: began before) to 0x1, level ?",
            string.Join('|', intervals.Select(IntervalProperties.TextOf)));
    }

    /// <summary>Callbacks nested at random, handed over in a random order, are found again.</summary>
    [TestMethod]
    public void Random_runs_are_found_again()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            List<TraceCall> calls = [];
            List<string> expected = [];
            ulong time = 1;
            foreach (ulong thread in new ulong[] { 1, 2, 3 })
                Nest(thread, level: 1);
            TraceCall[] shuffled = [.. calls];
            random.Shuffle(shuffled);

            CollectionAssert.AreEquivalent(expected, IntervalPairing.Pair(shuffled).Select(Text).ToArray(), $"seed {seed}");

            void Nest(ulong thread, int level)
            {
                for (int count = random.Next(3); count >= 0; count--)
                {
                    ulong begin = time++;
                    calls.Add(Begin(thread, begin, "f"));
                    if (level < 4 && random.Next(2) == 0)
                        Nest(thread, level + 1);
                    ulong end = time++;
                    calls.Add(Return(thread, end));
                    expected.Add($"f {begin}-{end} level {level}");
                }
            }
        }
    }

    private static TraceCall Begin(ulong thread, ulong time, string function, ulong? unique = null) =>
        new() { IsReturn = false, ThreadId = thread, UniqueThreadId = unique, Sequence = time, Function = function };

    private static TraceCall Return(ulong thread, ulong time, ulong? unique = null) =>
        new() { IsReturn = true, ThreadId = thread, UniqueThreadId = unique, Sequence = time };

    private static TraceCall At(ulong thread, ulong sequence, ulong steps, bool isReturn) =>
        new() { IsReturn = isReturn, ThreadId = thread, Sequence = sequence, Steps = steps };

    private static string Text(IEnumerable<CallbackInterval> intervals) => string.Join("; ", intervals.Select(Text));

    private static string Text(CallbackInterval interval) =>
        $"{interval.Begin?.Function ?? "?"} {interval.Begin?.Sequence.ToString() ?? "?"}-{interval.Return?.Sequence.ToString() ?? "?"} level {interval.Level?.ToString() ?? "?"}";
}
