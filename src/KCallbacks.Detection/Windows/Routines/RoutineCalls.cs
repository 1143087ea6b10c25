using System.Collections.Immutable;
using System.Globalization;

namespace KCallbacks.Detection.Windows.Routines;

/// <summary>
/// The calls of one callback routine of x64 user32. A routine's frame has a fixed size, so that all of them leave their return address
/// in one slot: what lies there says which call it made last.
/// </summary>
/// <param name="Slot">How far below F, the stack pointer at the dispatcher's entry, the slot lies.</param>
/// <param name="Running">Displacements of the return addresses of the calls during which the callback runs.</param>
/// <param name="Returned">Displacement of the return address of its call of NtCallbackReturn; empty for a routine that jumps there.</param>
internal sealed record RoutineCalls(uint Slot, ImmutableArray<uint> Running, ImmutableArray<uint> Returned)
{
    private const char MarkOfReturn = '*';

    /// <summary>Reads <c>slot:displacement,displacement*</c>.</summary>
    public static RoutineCalls Parse(string row)
    {
        string[] parts = row.Split(':');
        string[] calls = parts[1].Split(',');
        return new(
            Hexadecimal(parts[0]),
            [.. calls.Where(call => !call.EndsWith(MarkOfReturn)).Select(Hexadecimal)],
            [.. calls.Where(call => call.EndsWith(MarkOfReturn)).Select(call => Hexadecimal(call.TrimEnd(MarkOfReturn)))]);
    }

    private static uint Hexadecimal(string text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
