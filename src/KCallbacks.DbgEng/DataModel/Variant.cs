using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.DataModel;

/// <summary>VARIANT of <c>oaidl.h</c>, which carries intrinsic values in and out of the data model; 24 bytes on 64-bit Windows.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct Variant
{
    /// <summary>What <see cref="Value"/> is.</summary>
    [FieldOffset(0)]
    public VariantType Type;

    /// <summary>The number, the text (a BSTR) or the interface pointer; the lowest bytes of it for smaller types.</summary>
    [FieldOffset(8)]
    public ulong Value;

    public static Variant Of(bool value) => new() { Type = VariantType.Boolean, Value = value ? 0xffffu : 0 };

    public static Variant Of(int value) => new() { Type = VariantType.Int32, Value = (uint)value };

    public static Variant Of(uint value) => new() { Type = VariantType.UInt32, Value = value };

    public static Variant Of(ulong value) => new() { Type = VariantType.UInt64, Value = value };

    /// <summary>Text; the caller frees it with <see cref="FreeText"/>.</summary>
    public static Variant Of(string value) => new() { Type = VariantType.Text, Value = (ulong)Marshal.StringToBSTR(value) };

    /// <summary>An interface pointer; the reference stays the caller's.</summary>
    public static Variant Interface(nint pointer) => new() { Type = VariantType.Unknown, Value = (ulong)pointer };

    /// <summary>The text of a text; empty for everything else.</summary>
    public readonly string Text => Type == VariantType.Text && Value != 0 ? Marshal.PtrToStringBSTR((nint)Value) : "";

    /// <summary>Frees the text of a text; does nothing for numbers.</summary>
    public readonly void FreeText()
    {
        if (Type == VariantType.Text)
            Marshal.FreeBSTR((nint)Value);
    }
}
