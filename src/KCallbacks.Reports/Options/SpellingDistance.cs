namespace KCallbacks.Reports.Options;

/// <summary>How far two words are apart in typing mistakes (Damerau: insert, delete, replace, swap neighbours).</summary>
public static class SpellingDistance
{
    /// <summary>Longer words are not mistyped options.</summary>
    private const int LongestWord = 64;

    /// <summary>The name that was meant: the nearest one; of those equally near the one that begins alike, so that <c>-depth</c> is <c>-d</c>.</summary>
    public static string Nearest(string typed, IEnumerable<string> names) =>
        names.MinBy(name => (Between(typed, name), -typed.AsSpan().CommonPrefixLength(name)))!;

    /// <summary>The number of mistakes, case ignored.</summary>
    public static int Between(string typed, string meant)
    {
        if (typed.Length > LongestWord)
            return typed.Length;

        typed = typed.ToLowerInvariant();
        meant = meant.ToLowerInvariant();
        var distance = new int[typed.Length + 1, meant.Length + 1];
        for (int i = 0; i <= typed.Length; i++)
            distance[i, 0] = i;
        for (int j = 0; j <= meant.Length; j++)
            distance[0, j] = j;

        for (int i = 1; i <= typed.Length; i++)
        {
            for (int j = 1; j <= meant.Length; j++)
            {
                int replaced = distance[i - 1, j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[typed.Length, meant.Length];
    }
}
