using System.Buffers.Binary;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>What a target knows of a handle of its process.</summary>
/// <param name="Type">The type of the object.</param>
/// <param name="TypeName">The type as the kernel names it, for example <c>ALPC Port</c>; null when not known.</param>
/// <param name="Name">The object's name; null when it has none or it is not known.</param>
public sealed record HandleInfo(HandleType Type, string? TypeName = null, string? Name = null)
{
    /// <summary>For a mutex, the thread that owns it; for a thread, itself; null when not known or nobody does.</summary>
    public uint? ThreadId { get; init; }

    /// <summary>The process of <see cref="ThreadId"/>, or the process itself; null when not known.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>For a mutex, whether its owner is recorded, so that none means that it is free.</summary>
    public bool RecordsOwner { get; init; }

    /// <summary>For a mutex, whether its last owner ended without letting go.</summary>
    public bool IsAbandoned { get; init; }

    /// <summary>What the type's name tells of a handle.</summary>
    /// <param name="typeName">The type as the kernel names it; null when not known.</param>
    /// <param name="name">The object's name; null when it has none or it is not known.</param>
    public static HandleInfo OfType(string? typeName, string? name = null) => new(HandleTypes.Of(typeName), typeName, name);

    /// <summary>The handle when a record of it was read as well; unchanged by one that is too short, or of another type of object.</summary>
    /// <param name="record">Which record.</param>
    /// <param name="bytes">Its bytes.</param>
    public HandleInfo With(HandleRecord record, ReadOnlySpan<byte> bytes) => record switch
    {
        HandleRecord.Thread when Is(HandleType.Thread) => WithThread(bytes),
        HandleRecord.MutexState when Is(HandleType.Mutex) && bytes.Length >= HandleRecordLayout.MutexStateSize =>
            this with { Type = HandleType.Mutex, IsAbandoned = bytes[HandleRecordLayout.MutexIsAbandoned] != 0 },
        HandleRecord.MutexOwner when Is(HandleType.Mutex) => WithMutexOwner(bytes),
        HandleRecord.Process when Is(HandleType.Process) => WithProcess(bytes),
        _ => this,
    };

    private bool Is(HandleType type) => Type == type || TypeName is null;

    private HandleInfo WithThread(ReadOnlySpan<byte> bytes)
    {
        if (LayoutOf(bytes, layout => layout.ThreadSize) is not { } layout)
            return this;
        int at = layout.ProcessOfThread;
        return this with { Type = HandleType.Thread, ProcessId = Id(bytes, at, layout), ThreadId = Id(bytes, at + layout.PointerSize, layout) };
    }

    private HandleInfo WithMutexOwner(ReadOnlySpan<byte> bytes) => LayoutOf(bytes, layout => layout.MutexOwnerSize) is { } layout
        ? this with { Type = HandleType.Mutex, RecordsOwner = true, ProcessId = Id(bytes, 0, layout), ThreadId = Id(bytes, layout.PointerSize, layout) }
        : this;

    private HandleInfo WithProcess(ReadOnlySpan<byte> bytes) => LayoutOf(bytes, layout => layout.ProcessSize) is { } layout
        ? this with { Type = HandleType.Process, ProcessId = Id(bytes, layout.ProcessId, layout) }
        : this;

    private static HandleRecordLayout? LayoutOf(ReadOnlySpan<byte> bytes, Func<HandleRecordLayout, int> size)
    {
        foreach (int pointerSize in (ReadOnlySpan<int>)[sizeof(ulong), sizeof(uint)])
        {
            var layout = new HandleRecordLayout(pointerSize);
            if (bytes.Length >= size(layout))
                return layout;
        }

        return null;
    }

    /// <summary>Ids are handles of the kernel and 32 bits wide; 0 is nobody.</summary>
    private static uint? Id(ReadOnlySpan<byte> bytes, int offset, HandleRecordLayout layout)
    {
        ulong id = layout.PointerSize == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
            : BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
        return id is > 0 and <= uint.MaxValue ? (uint)id : null;
    }
}
