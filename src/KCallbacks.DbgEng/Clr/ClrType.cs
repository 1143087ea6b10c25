using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Clr;

/// <summary>A type of the runtime: <c>DacpMethodTableData</c> of the runtime's <c>dacprivate.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ClrType
{
    /// <summary>Not 0 for the filler between objects.</summary>
    public uint IsFree;

    /// <summary>Its module.</summary>
    public ulong Module;

    /// <summary>Its class.</summary>
    public ulong Class;

    /// <summary>The type it derives from.</summary>
    public ulong Parent;

    /// <summary>Interfaces that it implements.</summary>
    public ushort Interfaces;

    /// <summary>Methods.</summary>
    public ushort Methods;

    /// <summary>Slots of its table of methods.</summary>
    public ushort Slots;

    /// <summary>Virtual methods.</summary>
    public ushort Virtuals;

    /// <summary>Bytes of its objects with their header, without elements.</summary>
    public uint BaseSize;

    /// <summary>Bytes of an element of an array or text.</summary>
    public uint ElementSize;

    /// <summary>Its token in the metadata.</summary>
    public uint Token;

    /// <summary>Its attributes in the metadata.</summary>
    public uint Attributes;

    /// <summary>Whether several application domains share it.</summary>
    public uint IsShared;

    /// <summary>Whether it was made as the process ran.</summary>
    public uint IsDynamic;

    /// <summary>Whether its objects refer to others.</summary>
    public uint ContainsPointers;
}
