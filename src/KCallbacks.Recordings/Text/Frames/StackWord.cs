using KCallbacks.Recordings.Text.Lines;

namespace KCallbacks.Recordings.Text.Frames;

/// <summary>Lines of addresses that name nothing.</summary>
internal static class StackWord
{
    /// <summary><c>0012fce0  00000000</c>: a word of the stack that <c>dps</c> found no name for.</summary>
    public static bool IsNameless(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        return AddressColumns.Read(ref line).Count == 2 && line.AtEnd;
    }

    /// <summary>Whether addresses and a <c>module!function</c> stand on the line although it could not be read.</summary>
    public static bool LooksLikeFrame(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        return AddressColumns.Read(ref line).Count >= 2 && line.Rest.Contains((byte)'!');
    }
}
