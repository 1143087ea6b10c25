namespace KCallbacks.Recordings.Input;

/// <summary>A stream whose first bytes can be looked at before it is read from its start; it need not be seekable.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private const int HeadLength = 4096;

    private readonly Stream _rest;
    private readonly byte[] _head = new byte[HeadLength];
    private readonly int _headLength;
    private int _position;

    public PeekedStream(Stream stream)
    {
        _rest = stream;
        _headLength = stream.ReadAtLeast(_head, HeadLength, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes of the stream, at most 4 KB.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Leaves out bytes at the start, for example a byte order mark.</summary>
    public void Skip(int count) => _position = Math.Min(_headLength, _position + count);

    public override int Read(Span<byte> buffer)
    {
        int left = Math.Min(_headLength - _position, buffer.Length);
        if (left <= 0)
            return _rest.Read(buffer);
        _head.AsSpan(_position, left).CopyTo(buffer);
        _position += left;
        return left;
    }
}
