using System.Buffers.Binary;
using KCallbacks.DbgEng;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions.User;

/// <summary>
/// The thread list of a user-mode dump: where the stacks of all threads lie, in one call. Through the engine
/// each would cost selecting the thread, and each selection searches the engine's thread list.
/// </summary>
internal sealed class DumpThreadList
{
    /// <summary><c>MINIDUMP_THREAD</c> of <c>minidumpapiset.h</c>: id at 0, TEB at 16, address of the stack at 24, its size at 32.</summary>
    private const int EntrySize = 48;
    private const int TebOffset = 16;
    private const int StackOffset = 24;
    private const int StackSizeOffset = 32;

    private readonly Dictionary<uint, StackRange> _stacks;

    private DumpThreadList(ReadOnlySpan<byte> entries)
    {
        _stacks = new(entries.Length / EntrySize);
        for (; !entries.IsEmpty; entries = entries[EntrySize..])
        {
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(entries);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(entries[StackSizeOffset..]);
            IsAmbiguous |= !_stacks.TryAdd(id, new StackRange(AddressAt(entries, StackOffset), size, AddressAt(entries, TebOffset)));
        }
    }

    private bool IsAmbiguous { get; }

    /// <summary>Reads the list; null when the session is not of a dump, or the list is damaged or names two threads alike.</summary>
    /// <param name="advanced">The session.</param>
    /// <param name="threads">How many threads the engine knows; a list of another length is not this process's.</param>
    public static DumpThreadList? Read(DebugAdvanced advanced, int threads)
    {
        byte[] stream = new byte[(2 * sizeof(uint)) + (threads * EntrySize)];
        return advanced.TryReadDumpStream(DumpStream.ThreadList, stream, out uint read).Succeeded ? Parse(stream.AsSpan(0, (int)read)) : null;
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
    public StackRange? Find(uint systemId) => _stacks.TryGetValue(systemId, out StackRange stack) && stack.Start != 0 ? stack : null;

    private static ulong AddressAt(ReadOnlySpan<byte> entry, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(entry[offset..]);
}
