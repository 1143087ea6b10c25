using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>
/// Memory of a dump as one thread's stack is to be read from it: the thread's own stack goes before a stretch of memory that was
/// added to the dump, which may be older. A dump of the whole memory holds it there alone: the thread's entry says how long it is, and
/// lies at 0 of the file.
/// </summary>
/// <param name="content">The dump.</param>
/// <param name="thread">The thread.</param>
internal sealed class OwnStackFirst(MinidumpContent content, ListedThread thread)
{
    /// <summary>Reads memory as far as the dump holds it (<see cref="Scanning.MemoryReader"/>).</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public int Read(ulong address, Span<byte> destination)
    {
        if (thread.Stack.Offset == 0 || address < thread.StackStart || address - thread.StackStart >= thread.Stack.Size)
            return content.Memory.Read(address, destination);
        ulong offset = address - thread.StackStart;
        int own = (int)Math.Min((ulong)destination.Length, thread.Stack.Size - offset);
        int read = content.File.Read(thread.Stack.Offset + offset, destination[..own]);
        return read < own ? read : read + content.Memory.Read(address + (ulong)read, destination[read..]);
    }
}
