using System.Text;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Store;

/// <summary>
/// Joins stores into one with one row per input, the same whatever the order of the stores: rows lie in the order of their keys. They
/// are dealt out by key to files of which one at a time fits into memory.
/// </summary>
public static class StoreMerge
{
    /// <summary>Bytes of rows that are in memory at a time.</summary>
    private const long PartSize = 32L << 20;

    /// <summary>Files that may be open at a time on any system.</summary>
    private const int MostParts = 256;

    /// <summary>Joins stores.</summary>
    /// <param name="stores">The stores; they stay as they are.</param>
    /// <param name="target">The store that gets all rows; those that it has are joined too.</param>
    /// <returns>How many rows it has, and how many were left out because another row of the same input counts.</returns>
    /// <exception cref="StoreException">A run writes to the target, or it cannot be written.</exception>
    public static (long Rows, long Doubled) Join(IReadOnlyList<StoreFolder> stores, StoreFolder target)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(target);
        string[] own = [.. target.RowFiles];
        string[] files = [.. stores.Where(store => store.Path != target.Path).SelectMany(store => store.RowFiles), .. own];
        string result = target.RowFileOf(Shard.Whole);
        using var locks = new RowLocks([.. own.Union([result])]);
        string parts = Path.Combine(target.Path, $"kcallbacks-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(parts);
            (long all, int count) = Deal(files, parts);
            long rows = 0;
            Reports.OutputFile.Replace(result, stream =>
            {
                for (int part = 0; part < count; part++)
                    rows += WritePart(PartOf(parts, part), stream);
            });
            foreach (string file in own.Where(file => file != result))
                File.Delete(file);
            return (rows, all - rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the stores were not joined: {error.Message}");
        }
        finally
        {
            if (Directory.Exists(parts))
                Directory.Delete(parts, recursive: true);
        }
    }

    private static string PartOf(string folder, int part) => Path.Combine(folder, part.ToString("x3", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Deals the rows out; the parts follow each other in the order of keys.</summary>
    private static (long Rows, int Parts) Deal(string[] files, string folder)
    {
        int count = (int)Math.Clamp((files.Sum(file => new FileInfo(file).Length) / PartSize) + 1, 1, MostParts);
        var parts = new Stream[count];
        long rows = 0;
        try
        {
            for (int i = 0; i < count; i++)
                parts[i] = new FileStream(PartOf(folder, i), FileMode.CreateNew, FileAccess.Write);
            foreach (ReadOnlyMemory<byte> line in files.SelectMany(RowLines.Of))
            {
                if (!RowText.TryReadMark(line.Span, out RowMark? row))
                    continue;
                ulong high = (ulong)(row.Key.Value >> 64);
                Stream part = parts[(int)Math.BigMul(high, (ulong)count, out _)];
                part.Write(line.Span);
                part.WriteByte((byte)'\n');
                rows++;
            }
        }
        finally
        {
            foreach (Stream part in parts)
                part?.Dispose();
        }

        return (rows, count);
    }

    private static int WritePart(string path, Stream stream)
    {
        var best = new Dictionary<RowKey, Candidate>();
        foreach (ReadOnlyMemory<byte> line in RowLines.Of(path))
        {
            if (!RowText.TryReadMark(line.Span, out RowMark? row))
                continue;
            var candidate = new Candidate(row.Outcome.MayPass(), row.Analyzed, Encoding.UTF8.GetString(line.Span));
            RowKey key = row.Key;
            if (!best.TryGetValue(key, out Candidate? other) || candidate.IsBetterThan(other))
                best[key] = candidate;
        }

        foreach ((_, Candidate row) in best.OrderBy(pair => pair.Key.Value))
        {
            stream.Write(Encoding.UTF8.GetBytes(row.Line));
            stream.WriteByte((byte)'\n');
        }

        return best.Count;
    }

    /// <summary>A row of an input that others may have rows of, too.</summary>
    private sealed record Candidate(bool Failed, DateTime Analyzed, string Line)
    {
        /// <summary>A row that says something is better than one of a failure, a later one than an earlier one; the text decides where that does not.</summary>
        public bool IsBetterThan(Candidate other) =>
            Failed != other.Failed ? other.Failed
            : Analyzed != other.Analyzed ? Analyzed > other.Analyzed
            : string.CompareOrdinal(Line, other.Line) > 0;
    }
}
