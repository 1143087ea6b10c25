using System.Globalization;
using KCallbacks.Reports.Markup;
using KCallbacks.Scanning;

namespace KCallbacks.Extension;

/// <summary>What <c>-stats</c> prints.</summary>
internal static class ScanStatisticsLine
{
    /// <summary>Where the time of a command went.</summary>
    /// <param name="statistics">What the scan says.</param>
    /// <param name="printing">What drawing conclusions and printing took; null where that is not over yet.</param>
    public static Line Of(ScanStatistics statistics, TimeSpan? printing = null) => Line.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{Listed(statistics)}Read and searched {statistics.ThreadsRead} threads ({statistics.BytesRead >> 10} KB) in {statistics.ReadTime.TotalMilliseconds:f1} ms, " +
        $"walked and judged {statistics.ThreadsWalked} ({statistics.FramesWalked} frames) in {statistics.WalkTime.TotalMilliseconds:f1} ms{Waited(statistics)}.{Asked(statistics)}{Printed(printing)}"));

    private static string Waited(ScanStatistics statistics) => statistics.WaitTime == default
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", found who waits for whom in {statistics.WaitTime.TotalMilliseconds:f1} ms");

    private static string Printed(TimeSpan? printing) => printing is { } time
        ? string.Create(CultureInfo.InvariantCulture, $" Printed in {time.TotalMilliseconds:f1} ms.")
        : "";

    private static string Listed(ScanStatistics statistics) => statistics.ListTime == default
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"Listed in {statistics.ListTime.TotalMilliseconds:f1} ms. ");

    private static string Asked(ScanStatistics statistics) => statistics.ThreadsAsked == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" The .NET runtime was asked about {statistics.ThreadsAsked} threads in {statistics.ManagedTime.TotalMilliseconds:f1} ms.");
}
