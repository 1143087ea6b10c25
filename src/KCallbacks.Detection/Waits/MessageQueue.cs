using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Whether a thread has a message queue, by its TEB.</summary>
internal static class MessageQueue
{
    /// <summary>Null when not known: only the block of the process's own architecture must tell it, and only Windows'.</summary>
    public static bool? IsOf(IProcessView process, WaitInput thread)
    {
        if (thread.Stack.EnvironmentBlock is not { } block)
            return null;
        bool isHalf = thread.Stack.Wow64Half is not null;
        bool isNarrow = isHalf || process.Architecture == Architecture.X86;
        Span<byte> word = stackalloc byte[isNarrow ? sizeof(uint) : sizeof(ulong)];
        if (!process.TryRead(block + (isNarrow ? ThreadBlockLayout.X86 : ThreadBlockLayout.X64).WindowThread, word))
            return null;
        bool isSet = isNarrow ? BinaryPrimitives.ReadUInt32LittleEndian(word) != 0 : BinaryPrimitives.ReadUInt64LittleEndian(word) != 0;
        return isSet ? true : isHalf || process.IsWine ? null : false;
    }
}
