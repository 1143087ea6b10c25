using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>What the engine keeps of a module (<c>DEBUG_MODULE_PARAMETERS</c>, 64 bytes).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct ModuleParameters
{
    /// <summary>Load address.</summary>
    public readonly ulong Base;

    /// <summary>Size of the image in bytes.</summary>
    public readonly uint Size;

    /// <summary>Time stamp of the image.</summary>
    public readonly uint TimeDateStamp;

    /// <summary>Checksum of the image.</summary>
    public readonly uint Checksum;

    /// <summary>Whether it is unloaded, loaded in user mode and so on.</summary>
    public readonly uint Flags;

    /// <summary>Where its names come from.</summary>
    public readonly SymbolType SymbolType;

    private readonly uint _imageNameSize;
    private readonly uint _moduleNameSize;
    private readonly uint _loadedImageNameSize;
    private readonly uint _symbolFileNameSize;
    private readonly uint _mappedImageNameSize;
    private readonly ulong _reserved0;
    private readonly ulong _reserved1;
}
