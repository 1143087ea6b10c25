using System.Globalization;

namespace KCallbacks.Signatures.Tests;

/// <summary>
/// How well signatures join captures of one hang and keep different hangs apart, on hangs that were set aside before the rules were tuned.
/// docs/signature.md has the figures; no change of the rules may make them worse.
/// </summary>
[TestClass]
public sealed class EvaluationTests
{
    private const double Joined = 0.987;
    private const double Apart = 0.971;

    private static readonly HungCapture[] Generated = [.. GeneratedHangs.All];
    private static readonly HungCapture[] Captures = [.. Generated, .. RecordedHangs.All];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Captures_of_one_hang_are_joined()
    {
        Share("of one hang, the others, joined", SamePairs(isSetAside: false), (one, other) => one.IsJoinedWith(other), printsWrong: true);

        double share = Share("of one hang, set aside, joined", SamePairs(isSetAside: true), (one, other) => one.IsJoinedWith(other));

        Assert.IsGreaterThanOrEqualTo(Joined, share);
    }

    [TestMethod]
    public void Different_hangs_are_kept_apart()
    {
        Share("of different hangs, the others, apart", DifferentPairs(isSetAside: false), (one, other) => !one.IsJoinedWith(other), printsWrong: true);

        double share = Share("of different hangs, set aside, apart", DifferentPairs(isSetAside: true), (one, other) => !one.IsJoinedWith(other));

        Assert.IsGreaterThanOrEqualTo(Apart, share);
    }

    private static IEnumerable<(HungCapture One, HungCapture Other)> SamePairs(bool isSetAside) =>
        from hang in Captures.Where(capture => capture.IsSetAside == isSetAside).GroupBy(capture => capture.Hang)
        from pair in Pairs([.. hang])
        select pair;

    /// <summary>Of the recordings the public ones: many of the others were made of one stack.</summary>
    private static IEnumerable<(HungCapture One, HungCapture Other)> DifferentPairs(bool isSetAside)
    {
        (string Source, HungCapture Capture)[] all = [.. Generated.Select(capture => (capture.Hang, capture)), .. RecordedHangs.Public];
        return from pair in Pairs([.. all.Where(one => one.Capture.IsSetAside == isSetAside)])
               where pair.One.Source != pair.Other.Source && pair.One.Capture.Hang != pair.Other.Capture.Hang
               select (pair.One.Capture, pair.Other.Capture);
    }

    private static IEnumerable<(T One, T Other)> Pairs<T>(T[] all)
    {
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = i + 1; j < all.Length; j++)
                yield return (all[i], all[j]);
        }
    }

    /// <summary>The share of pairs that are right. Of those set aside no pair is printed, so that nobody tunes by them.</summary>
    private double Share(string what, IEnumerable<(HungCapture One, HungCapture Other)> pairs, Func<HungCapture, HungCapture, bool> isRight, bool printsWrong = false)
    {
        ILookup<bool, (HungCapture One, HungCapture Other)> judged = pairs.ToLookup(pair => isRight(pair.One, pair.Other));
        (int right, int wrong) = (judged[true].Count(), judged[false].Count());
        int equal = judged[true].Concat(judged[false]).Count(pair => pair.One.Signature == pair.Other.Signature);
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {right} of {right + wrong} pairs, {(double)right / (right + wrong):p2}, {equal} pairs equal"));
        foreach (var group in printsWrong ? judged[false].GroupBy(pair => (pair.One.Hang, pair.One.Signature, Other: pair.Other.Hang, And: pair.Other.Signature)) : [])
            TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Count()} pairs: {group.First().One} # {group.First().Other}"));
        return (double)right / (right + wrong);
    }
}
