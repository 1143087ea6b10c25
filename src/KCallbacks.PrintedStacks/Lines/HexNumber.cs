namespace KCallbacks.PrintedStacks.Lines;

/// <summary>A hexadecimal number as printed.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Digits">How many digits were printed; tells addresses of 32 and 64 bits and frame numbers apart.</param>
/// <param name="IsPrefixed">Whether it was written with <c>0x</c>.</param>
internal readonly record struct HexNumber(ulong Value, int Digits, bool IsPrefixed);
