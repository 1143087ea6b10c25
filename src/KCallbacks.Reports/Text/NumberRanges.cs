using System.Globalization;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>Lists of threads: their numbers as ranges, <c>0 2-13</c>, other names one by one.</summary>
internal static class NumberRanges
{
    /// <summary>The list.</summary>
    public static string Of(IEnumerable<ThreadIdentity> threads)
    {
        ThreadIdentity[] all = [.. threads];
        string[] names = [.. all.Select(ThreadName.Of)];
        var text = new StringBuilder();
        for (int i = 0; i < names.Length;)
        {
            int last = i;
            while (last + 1 < names.Length && NumberOf(names[last]) is { } number && NumberOf(names[last + 1]) == number + 1)
                last++;
            text.Append(text.Length == 0 ? "" : " ").Append(names[i]);
            if (last > i)
                text.Append('-').Append(names[last]);
            i = last + 1;
        }

        return text.ToString();
    }

    private static int? NumberOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
