using System.Globalization;
using System.Text;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Store;

/// <summary>A store in a folder of its own, which goes with it.</summary>
internal sealed class SampleStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kcallbacks-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "store");

    public StoreFolder Folder => StoreFolder.Create(Path);

    public string FileOf(string shard) => Folder.RowFileOf(Parse(shard));

    public static TriageRow Row(int number, TriageOutcome outcome = TriageOutcome.Ok) => new()
    {
        Path = string.Create(CultureInfo.InvariantCulture, $"/dumps/{number:d6}.dmp"),
        Size = 1000 + number,
        Modified = new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Utc).AddSeconds(number),
        Outcome = outcome,
        Analyzed = new DateTime(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc).AddSeconds(number),
    };

    public static Shard Parse(string text) => Shard.TryParse(text, out Shard shard) ? shard : throw new FormatException(text);

    public RowFile OpenFile(string shard = "1/1", bool retriesFailed = false) => RowFile.Open(Folder, Parse(shard), retriesFailed);

    /// <summary>Adds rows as a run does: those that are not known.</summary>
    public int Add(IEnumerable<TriageRow> rows, string shard = "1/1", bool retriesFailed = false)
    {
        using RowFile file = OpenFile(shard, retriesFailed);
        int added = 0;
        foreach (TriageRow row in rows.Where(row => file.TryClaim(RowKey.Of(row))))
        {
            file.Append(Encoding.ASCII.GetBytes(RowText.Write(row)));
            added++;
        }

        return added;
    }

    public string[] Lines => [.. Folder.Rows().Select(row => RowText.Write(row))];

    public void Dispose() => _folder.Delete(recursive: true);
}
