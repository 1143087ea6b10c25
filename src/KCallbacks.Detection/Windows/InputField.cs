namespace KCallbacks.Detection.Windows;

/// <summary>A field of a callback's input data.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Size64">Bytes in a 64-bit process.</param>
/// <param name="Size32">Bytes in a 32-bit process; 0 when not known.</param>
/// <param name="Alignment64">What its offset is a multiple of in a 64-bit process.</param>
internal readonly record struct InputField(InputRole Role, uint Size64, uint Size32, uint Alignment64)
{
    /// <summary>The kernel's pointer to the window, which WoW64 does not shorten.</summary>
    public static InputField Window { get; } = new(InputRole.Other, 8, 4, 8) { Size32InWow64 = 8 };

    /// <summary>What captures pointers inside the data (CAPTUREBUF); never seen in WoW64.</summary>
    public static InputField Header { get; } = new(InputRole.Other, 0x28, 0x18, 8) { Size32InWow64 = 0 };

    /// <summary>Bytes in the 32-bit half of a WoW64 thread; 0 when not known.</summary>
    public uint Size32InWow64 { get; private init; } = Size32;

    /// <summary>A pointer, a handle, or another value as wide.</summary>
    public static InputField Pointer(InputRole role) => new(role, 8, 4, 8);

    /// <summary>4 bytes.</summary>
    public static InputField Number(InputRole role) => new(role, 4, 4, 4);

    /// <summary>A structure, which is the second parameter.</summary>
    public static InputField Structure(uint size64, uint size32) => new(InputRole.Structure, size64, size32, 8);

    /// <summary>Bytes that nothing is read of.</summary>
    public static InputField Unread(uint size64, uint size32 = 0) => new(InputRole.Other, size64, size32, 8);

    /// <summary>Its bytes; 0 when not known.</summary>
    public uint SizeIn(InputModel model) => model switch
    {
        InputModel.Bits64 => Size64,
        InputModel.Wow64 => Size32InWow64,
        _ => Size32,
    };

    /// <summary>What its offset is a multiple of.</summary>
    public uint AlignmentIn(InputModel model) => model == InputModel.Bits64 ? Alignment64 : Math.Min(SizeIn(model), sizeof(uint));
}
