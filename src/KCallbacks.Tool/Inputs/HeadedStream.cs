using KCallbacks.Recordings.Input;
using KCallbacks.Reports.Json.Reading;

namespace KCallbacks.Tool.Inputs;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class HeadedStream : ForwardStream
{
    /// <summary>Bytes that tell what a file is: a JSON report needs most.</summary>
    private const int HeadLength = ReportReader.HeadLength;

    private readonly byte[] _head = new byte[HeadLength];
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

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length)
            return _inner.Read(buffer);
        int count = Math.Min(buffer.Length, _length - _position);
        Head.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
