namespace KCallbacks.PrintedStacks.Tests;

/// <summary>Bytes, a very long run of one letter, and bytes again, without holding the run in memory.</summary>
internal sealed class JoinedStream(byte[] head, long run, byte[] tail) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + run + tail.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Span<byte> free = buffer.AsSpan(offset, count);
        int length = Copy(head, 0, free);
        if (length == 0)
            length = Fill(free);
        if (length == 0)
            length = Copy(tail, head.Length + run, free);
        _position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Copy(byte[] part, long start, Span<byte> free)
    {
        if (_position < start || _position >= start + part.Length)
            return 0;
        ReadOnlySpan<byte> rest = part.AsSpan((int)(_position - start));
        int length = Math.Min(rest.Length, free.Length);
        rest[..length].CopyTo(free);
        return length;
    }

    private int Fill(Span<byte> free)
    {
        int length = (int)Math.Clamp(head.Length + run - _position, 0, free.Length);
        free[..length].Fill((byte)'x');
        return length;
    }
}
