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

    /// <summary>The rows, each input once, and how many lines were none.</summary>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public static (IEnumerable<ScannedRow> Rows, long Damaged) Read(IReadOnlyList<StoreFolder> stores)
    {
        try
        {
            return ReadPieces([.. stores.SelectMany(store => store.RowFiles).Distinct().SelectMany(PiecesOf)]);
        }
        catch (AggregateException error) when (error.InnerExceptions[0] is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StoreException($"a store cannot be read: {error.InnerExceptions[0].Message}");
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

    private static (IEnumerable<ScannedRow> Rows, long Damaged) ReadPieces((string File, long Start, long End)[] pieces)
    {
        var texts = new SharedTexts();
        (List<ScannedRow> Rows, long Damaged)[] read = [.. pieces.AsParallel().AsOrdered().Select(piece => ReadPiece(piece.File, piece.Start, piece.End, texts))];
        List<ScannedRow>[] rows = [.. read.Select(piece => piece.Rows)];
        DropDoubled(rows);
        return (rows.SelectMany(piece => piece).Where(row => !row.IsDropped), read.Sum(piece => piece.Damaged));
    }

    /// <summary>Of the rows of an input the same counts as where stores are merged.</summary>
    private static void DropDoubled(List<ScannedRow>[] pieces)
    {
        var places = new Dictionary<RowKey, (int Piece, int Row)>(pieces.Sum(piece => piece.Count));
        for (int i = 0; i < pieces.Length; i++)
        {
            for (int j = 0; j < pieces[i].Count; j++)
            {
                if (places.TryAdd(pieces[i][j].Key, (i, j)))
                    continue;
                (int piece, int row) = places[pieces[i][j].Key];
                if (pieces[i][j].IsBetterThan(pieces[piece][row]))
                {
                    pieces[piece][row] = default;
                    places[pieces[i][j].Key] = (i, j);
                }
                else
                {
                    pieces[i][j] = default;
                }
            }
        }
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
