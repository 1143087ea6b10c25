using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Scan;

/// <summary>Reads the rows of stores on all processors, a piece of a file each; of each input one row counts.</summary>
internal static class StoreScan
{
    /// <summary>Bytes of a piece.</summary>
    private const long PieceSize = 16L << 20;

    /// <summary>Bytes of a row that says little.</summary>
    private const int SmallRow = 500;

    private const int MostExpected = 1 << 24;

    /// <summary>The rows, each input once, and how many lines were none.</summary>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public static (IReadOnlyList<ScannedRow> Rows, long Damaged) Read(IReadOnlyList<StoreFolder> stores)
    {
        try
        {
            return ReadPieces([.. stores.SelectMany(store => store.RowFiles).Distinct().SelectMany(PiecesOf)]);
        }
        catch (AggregateException error) when (error.InnerException is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StoreException($"a store cannot be read: {error.InnerException.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"a store cannot be read: {error.Message}");
        }
    }

    /// <summary>The whole row at a place.</summary>
    public static TriageRow? ReadRow(RowPlace place)
    {
        using var file = new FileStream(place.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) { Position = place.Offset };
        foreach (ReadOnlyMemory<byte> line in RowLines.Of(file))
            return RowText.TryRead(line.Span, out TriageRow? row) ? row : null;
        return null;
    }

    private static IEnumerable<(string File, long Start, long End)> PiecesOf(string file)
    {
        long length = new FileInfo(file).Length;
        for (long start = 0; start < length; start += PieceSize)
            yield return (file, start, Math.Min(length, start + PieceSize));
    }

    private static (IReadOnlyList<ScannedRow> Rows, long Damaged) ReadPieces((string File, long Start, long End)[] pieces)
    {
        var texts = new SharedTexts();
        int expected = (int)Math.Min(pieces.Sum(piece => piece.End - piece.Start) / SmallRow, MostExpected);
        var rows = new List<ScannedRow>(expected);
        var places = new Dictionary<RowKey, int>(expected);
        long damaged = 0;
        IEnumerable<(List<ScannedRow> Rows, long Damaged)> read = pieces.AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(piece => ReadPiece(piece.File, piece.Start, piece.End, texts));
        foreach ((List<ScannedRow> piece, long wrong) in read)
        {
            damaged += wrong;
            foreach (ScannedRow row in piece)
                Keep(rows, places, row);
        }

        return (rows, damaged);
    }

    /// <summary>Of the rows of an input the same counts as where stores are merged.</summary>
    private static void Keep(List<ScannedRow> rows, Dictionary<RowKey, int> places, in ScannedRow row)
    {
        if (places.TryAdd(row.Key, rows.Count))
            rows.Add(row);
        else if (row.IsBetterThan(rows[places[row.Key]]))
            rows[places[row.Key]] = row;
    }

    /// <summary>The rows whose lines begin in a piece. The line before it is looked at for its end alone.</summary>
    private static (List<ScannedRow> Rows, long Damaged) ReadPiece(string file, long start, long end, SharedTexts texts)
    {
        var reader = new RowReader(texts);
        var rows = new List<ScannedRow>((int)(PieceSize / SmallRow));
        long damaged = 0;
        long position = Math.Max(0, start - 1);
        bool isBefore = start > 0;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) { Position = position };
        foreach (ReadOnlyMemory<byte> line in RowLines.Of(stream))
        {
            if (position >= end)
                break;
            if (isBefore)
                isBefore = false;
            else if (reader.TryRead(line.Span, new RowPlace(file, position), out ScannedRow? row))
                rows.Add(row.Value);
            else
                damaged++;
            position += line.Length + 1;
        }

        return (rows, damaged);
    }
}
