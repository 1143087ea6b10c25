using System.Buffers.Binary;
using KCallbacks.DbgEng;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions.User;

/// <summary>
/// The thread list of a user-mode dump: where the stacks of all threads lie, in one call, and where their contexts lie in the dump's
/// file. Through the engine each would cost selecting the thread, and each selection searches the engine's thread list.
/// </summary>
internal sealed class DumpThreadList : IDisposable
{
    /// <summary><c>MINIDUMP_THREAD</c> of <c>minidumpapiset.h</c>: id at 0, TEB at 16, address of the stack at 24, its size at 32, size and offset of the context at 40.</summary>
    private const int EntrySize = 48;
    private const int TebOffset = 16;
    private const int StackOffset = 24;
    private const int StackSizeOffset = 32;
    private const int ContextSizeOffset = 40;
    private const int ContextOffset = 44;

    private readonly Dictionary<uint, Entry> _threads;

    private DumpContexts? _contexts;

    private DumpThreadList(ReadOnlySpan<byte> entries)
    {
        _threads = new(entries.Length / EntrySize);
        for (; !entries.IsEmpty; entries = entries[EntrySize..])
        {
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(entries);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(entries[StackSizeOffset..]);
            var stack = new StackRange(AddressAt(entries, StackOffset), size, AddressAt(entries, TebOffset));
            uint contextSize = BinaryPrimitives.ReadUInt32LittleEndian(entries[ContextSizeOffset..]);
            uint context = BinaryPrimitives.ReadUInt32LittleEndian(entries[ContextOffset..]);
            IsAmbiguous |= !_threads.TryAdd(id, new Entry(stack, context, contextSize));
        }
    }

    private bool IsAmbiguous { get; }

    /// <summary>Reads the list; null when the session is not of a dump, or the list is damaged or names two threads alike.</summary>
    /// <param name="advanced">The session.</param>
    /// <param name="threads">How many threads the engine knows; a list of another length is not this process's.</param>
    /// <param name="dumpFile">The dump's file; null where it is not known.</param>
    public static DumpThreadList? Read(DebugAdvanced advanced, int threads, string? dumpFile)
    {
        byte[] stream = new byte[(2 * sizeof(uint)) + (threads * EntrySize)];
        if (!advanced.TryReadDumpStream(DumpStream.ThreadList, stream, out uint read).Succeeded || Parse(stream.AsSpan(0, (int)read)) is not { } list)
            return null;
        list._contexts = DumpContexts.Open(dumpFile, stream.AsSpan(0, (int)read));
        return list;
    }

    /// <summary>Reads a <c>MINIDUMP_THREAD_LIST</c>; null when it is damaged or names two threads alike.</summary>
    internal static DumpThreadList? Parse(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < sizeof(uint))
            return null;
        long entries = (long)BinaryPrimitives.ReadUInt32LittleEndian(stream) * EntrySize;
        // Some writers align the entries to 8 bytes, so they are counted from the end.
        if (stream.Length - entries is not (sizeof(uint) or 2 * sizeof(uint)))
            return null;
        var list = new DumpThreadList(stream[^(int)entries..]);
        return list.IsAmbiguous ? null : list;
    }

    /// <summary>The stack of a thread by its system id; null when the dump lists none such, or without a stack.</summary>
    public StackRange? Find(uint systemId) => _threads.TryGetValue(systemId, out Entry thread) && thread.Stack.Start != 0 ? thread.Stack : null;

    /// <summary>A thread's CONTEXT, valid until the next call; empty when the dump's file is not at hand or does not hold all of it.</summary>
    /// <param name="systemId">The thread.</param>
    /// <param name="size">Bytes of a CONTEXT.</param>
    /// <param name="environmentBlock">Address of its TEB; null when it is not known.</param>
    public ReadOnlySpan<byte> ContextOf(uint systemId, int size, out ulong? environmentBlock)
    {
        bool isListed = _threads.TryGetValue(systemId, out Entry thread);
        environmentBlock = thread.Stack.Teb == 0 ? null : thread.Stack.Teb;
        return isListed && thread.ContextSize >= size && ReadFile(thread.Context, size) is var context && context.Length == size ? context : [];
    }

    /// <inheritdoc/>
    public void Dispose() => _contexts?.Dispose();

    /// <summary>A disk that fails is no reason to fail the command: the engine can still tell.</summary>
    private ReadOnlySpan<byte> ReadFile(long offset, int length)
    {
        try
        {
            return _contexts is null ? [] : _contexts.Read(offset, length);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static ulong AddressAt(ReadOnlySpan<byte> entry, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(entry[offset..]);

    /// <summary>What the list says of a thread.</summary>
    private readonly record struct Entry(StackRange Stack, uint Context, uint ContextSize);
}
