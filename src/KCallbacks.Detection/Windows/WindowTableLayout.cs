namespace KCallbacks.Detection.Windows;

/// <summary>
/// The window manager's table of handles, which every process with windows maps: as <c>GetWindowThreadProcessId</c> of user32 reads it in
/// 12 builds from 7601 to 22000, and win32kbase fills it.
/// </summary>
/// <param name="EntrySize">Bytes of an entry.</param>
/// <param name="Type">Offset of the type in an entry; flags and uniqueness follow it.</param>
/// <param name="OwnerIsThreadId">Whether an entry names its owner by thread id; before, by the address that TEB.Win32ThreadInfo holds.</param>
/// <param name="UniqueMask">The bits of the uniqueness that count.</param>
internal readonly record struct WindowTableLayout(uint EntrySize, uint Type, bool OwnerIsThreadId, ushort UniqueMask)
{
    /// <summary>The exported variable of user32 that leads to the table.</summary>
    public const string Variable = "gSharedInfo";

    /// <summary>Offset in <c>user32!gSharedInfo</c> of the pointer to the server's information.</summary>
    public const uint ServerInformation = 0x0;

    /// <summary>Offset in <c>user32!gSharedInfo</c> of the pointer to the table.</summary>
    public const uint Entries = 0x8;

    /// <summary>Offset in <c>user32!gSharedInfo</c> of the size of an entry.</summary>
    public const uint SizeOfEntry = 0x10;

    /// <summary>Offset in the server's information of the number of entries.</summary>
    public const uint CountOfEntries = 0x8;

    /// <summary>Offset of the owner in an entry.</summary>
    public const uint Owner = 0x8;

    /// <summary>The type of windows.</summary>
    public const byte Window = 1;

    /// <summary>The flag of a window that is being destroyed.</summary>
    public const byte Destroyed = 1;

    /// <summary>TEB.Win32ThreadInfo on x64.</summary>
    public const uint Win32ThreadInfo = 0x78;

    /// <summary>Offset of the flags in an entry.</summary>
    public uint Flags => Type + 1;

    /// <summary>Offset of the uniqueness in an entry: the upper half of the handle.</summary>
    public uint Unique => Type + 2;

    /// <summary>The table of a build; null for builds on which it was not read.</summary>
    public static WindowTableLayout? Of(int build) => build switch
    {
        7600 or 7601 or 10586 or 14393 => new(0x18, 0x10, false, ushort.MaxValue),
        >= 15063 and <= 19045 => new(0x20, 0x18, true, ushort.MaxValue),
        >= 20348 and <= 26200 => new(0x20, 0x18, true, 0x7fff),
        _ => null,
    };
}
