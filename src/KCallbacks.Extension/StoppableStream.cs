using KCallbacks.Scanning;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>A file on its way to the disk, which Ctrl+Break stops between two writes.</summary>
internal sealed class StoppableStream(Stream file, IScanMonitor monitor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="SessionException">The user stopped it.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (monitor.IsCancelled)
            throw new SessionException("Stopped by Ctrl+Break. The file was not written.");
        file.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
