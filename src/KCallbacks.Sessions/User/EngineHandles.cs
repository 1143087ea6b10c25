using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>Handles of the current process, as the engine tells them: live, or from a dump that has them.</summary>
/// <param name="spaces">The session.</param>
internal sealed class EngineHandles(DebugDataSpaces spaces) : IHandleView
{
    /// <summary>Bytes of the longest name that the kernel's object manager allows, a UNICODE_STRING.</summary>
    private const int LongestName = 0x1_0000;

    private const int LargestRecord = 0x40;

    private static readonly (HandleType Type, HandleRecord Record, HandleDataItem Item)[] Records =
    [
        (HandleType.Thread, HandleRecord.Thread, HandleDataItem.Thread),
        (HandleType.Mutex, HandleRecord.MutexState, HandleDataItem.MutexState),
        (HandleType.Mutex, HandleRecord.MutexOwner, HandleDataItem.MutexOwner),
        (HandleType.Process, HandleRecord.Process, HandleDataItem.Process),
    ];

    private readonly Dictionary<ulong, HandleInfo?> _known = [];
    private readonly byte[] _name = new byte[LongestName];

    /// <inheritdoc/>
    public HandleInfo? Find(ulong handle)
    {
        if (!_known.TryGetValue(handle, out HandleInfo? info))
            _known[handle] = info = Read(handle);
        return info;
    }

    private HandleInfo? Read(ulong handle)
    {
        if (Name(handle, HandleDataItem.TypeName) is not { } type)
            return null;
        var info = HandleInfo.OfType(type);
        // Of pipes and devices the kernel may wait for the object itself before it tells the name.
        if (info.Type is not (HandleType.File or HandleType.Other))
            info = info with { Name = Name(handle, HandleDataItem.ObjectName) };
        Span<byte> bytes = stackalloc byte[LargestRecord];
        foreach ((HandleType of, HandleRecord record, HandleDataItem item) in Records)
        {
            if (of == info.Type && spaces.TryReadHandleData(handle, item, bytes, out uint size).Succeeded && size <= bytes.Length)
                info = info.With(record, bytes[..(int)size]);
        }

        return info;
    }

    private string? Name(ulong handle, HandleDataItem item)
    {
        if (!spaces.TryReadHandleData(handle, item, _name, out uint size).Succeeded || size > _name.Length)
            return null;
        string text = new string(MemoryMarshal.Cast<byte, char>(_name.AsSpan(0, (int)size))).TrimEnd('\0');
        return text.Length == 0 ? null : text;
    }
}
