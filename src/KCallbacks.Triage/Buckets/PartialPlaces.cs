using KCallbacks.Detection.Signatures;

namespace KCallbacks.Triage.Buckets;

/// <summary>Under which full bucket a partial one stands: the only one that it agrees with and that has a program in common with it.</summary>
internal static class PartialPlaces
{
    /// <summary>The full bucket of each partial one that has one.</summary>
    public static Dictionary<string, string> Of(BucketTally[] tallies)
    {
        ILookup<bool, BucketTally> isPartial = tallies.ToLookup(tally => SignatureFit.IsPartial(tally.Key));
        ILookup<string, BucketTally> byWait = isPartial[false].ToLookup(tally => WaitOf(tally.Key));
        BucketTally[] full = [.. isPartial[false]];
        var places = new Dictionary<string, string>();
        foreach (BucketTally partial in isPartial[true])
        {
            IEnumerable<BucketTally> candidates = byWait[WaitOf(partial.Key)];
            BucketTally[] fitting = [.. (candidates.Any() ? candidates : full).Where(tally => SignatureFit.Fits(partial.Key, tally.Key) && SharesProgram(partial, tally)).Take(2)];
            if (fitting is [var only])
                places.Add(partial.Key, only.Key);
        }

        return places;
    }

    private static bool SharesProgram(BucketTally partial, BucketTally full) =>
        partial.Programs.Count == 0 || full.Programs.Count == 0 || partial.Programs.Any(full.Programs.Contains);

    private static string WaitOf(string signature) => signature.Split('|') is [_, _, var wait, ..] ? wait : "";
}
