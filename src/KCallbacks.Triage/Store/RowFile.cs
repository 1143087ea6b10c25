using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Store;

/// <summary>The file of a shard's rows, open for a run: nobody else writes to it.</summary>
public sealed class RowFile : IDisposable
{
    private readonly RowLocks _lock;
    private readonly string _path;
    private readonly HashSet<RowKey> _known = [];
    private FileStream? _stream;
    private bool _hasDoubled;

    private RowFile(string path) => (_lock, _path) = (new RowLocks([path]), path);

    /// <summary>Opens it, cut back to its last whole line, and learns what the store knows already.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="retriesFailed">Whether inputs of this shard that failed count as not known.</param>
    /// <exception cref="StoreException">Another run writes to it, or it cannot be written.</exception>
    public static RowFile Open(StoreFolder store, Shard shard, bool retriesFailed)
    {
        ArgumentNullException.ThrowIfNull(store);
        string path = store.RowFileOf(shard);
        var file = new RowFile(path);
        try
        {
            file.Begin(store, shard, retriesFailed);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new StoreException($"the store cannot be written: {error.Message}");
        }
    }

    /// <summary>Rows that were there and stay.</summary>
    public int Known => _known.Count;

    /// <summary>Takes an input, unless it has a row or was taken before.</summary>
    public bool TryClaim(RowKey key) => _known.Add(key);

    /// <summary>Adds a row, whole or not at all.</summary>
    /// <param name="line">The row as <see cref="RowText"/> writes it.</param>
    /// <exception cref="StoreException">The disk is full, or failed.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        byte[] bytes = [.. line, (byte)'\n'];
        long before = _stream!.Position;
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException error)
        {
            CutTo(before);
            throw new StoreException($"a row could not be written, and the run ends; it goes on where it was when it is started again: {error.Message}");
        }
    }

    /// <summary>Ends the run: what was done again has one row then.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        if (_stream is not null && _hasDoubled)
            TryDropDoubled();
        _lock.Dispose();
    }

    private void Begin(StoreFolder store, Shard shard, bool retriesFailed)
    {
        foreach (string file in store.RowFilesFor(shard))
            Learn(file, isOwn: file == _path, retriesFailed);
        if (_hasDoubled)
            TryDropDoubled();
        _stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        CutTo(RowLines.LengthOf(_stream));
        _hasDoubled = retriesFailed;
    }

    private void Learn(string file, bool isOwn, bool retriesFailed)
    {
        foreach (ReadOnlyMemory<byte> line in RowLines.Of(file))
        {
            if (!RowText.TryReadMark(line.Span, out RowMark? row))
                _hasDoubled |= isOwn;
            else if (isOwn && retriesFailed && row.Outcome.MayPass())
                _known.Remove(row.Key);
            else if (!_known.Add(row.Key))
                _hasDoubled |= isOwn;
        }
    }

    private void CutTo(long length)
    {
        _stream!.SetLength(length);
        _stream.Position = length;
    }

    private void TryDropDoubled()
    {
        try
        {
            DoubledRows.Drop(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody reads the file; the next run does it.
        }
    }
}
