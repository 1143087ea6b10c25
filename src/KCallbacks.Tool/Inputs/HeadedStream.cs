namespace KCallbacks.Tool.Inputs;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class HeadedStream : Stream
{
    private readonly byte[] _head = new byte[KnownFile.Length];
    private readonly Stream _inner;
    private readonly int _length;
    private int _position;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="inner">The stream; disposed with this.</param>
    public HeadedStream(Stream inner)
    {
        _inner = inner;
        _length = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, fewer where the stream has fewer.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length)
            return _inner.Read(buffer);
        int count = Math.Min(buffer.Length, _length - _position);
        Head.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
