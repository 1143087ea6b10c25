using KCallbacks.Recordings.Input;

namespace KCallbacks.Tool.Inputs;

/// <summary>
/// What a packed file unpacks to, up to a size that no honest file exceeds: a few megabytes can be packed so that they fill every disk.
/// </summary>
/// <param name="inner">What is unpacked; disposed with this.</param>
/// <param name="packedSize">Bytes of the packed file; null when not known.</param>
internal sealed class BoundedStream(Stream inner, long? packedSize) : ForwardStream
{
    /// <summary>More than any dump that is worth sending packed.</summary>
    private const long Most = 16L << 30;

    /// <summary>Up to here the ratio is nobody's business.</summary>
    private const long Free = 256L << 20;

    /// <summary>Memory of a process packs 3 to 20 times, a sparse dump up to 100 times; a bomb 1,000 times.</summary>
    private const long MostRatio = 200;

    private readonly long _limit = Math.Min(Most, packedSize is { } size ? Math.Max(Free, size * MostRatio) : Most);
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        _read += read;
        return _read <= _limit
            ? read
            : throw new InputException($"it unpacks to more than {_limit >> 20:N0} MB, as no dump does; unpack it first, if that is meant");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
