using System.Globalization;

namespace KCallbacks.Dumps.Format;

/// <summary>What a dump says it holds and does not. Of all that is missing the first in the file is named: everything after it is suspect.</summary>
/// <param name="file">The dump.</param>
internal sealed class DumpGaps(DumpBytes file)
{
    private ulong _offset = ulong.MaxValue;
    private Func<string>? _cut;
    private string? _blank;

    /// <summary>The first thing that is missing, in one sentence without a full stop; null when nothing is.</summary>
    public string? First => _cut is not null
        ? string.Create(CultureInfo.InvariantCulture, $"the dump {(file.HasBlankTail ? "holds only zeros after" : "is cut off: it ends at")} {file.Length:N0} bytes, and {_cut()} is the first thing that is missing")
        : _blank;

    /// <summary>Notes a part that the file does not hold to its end.</summary>
    /// <param name="part">The part.</param>
    /// <param name="name">Says what it is, for example <c>its list of threads</c>; asked when it is the first.</param>
    /// <returns>Whether it is missing, or cut.</returns>
    public bool NoteIfCut(FilePart part, Func<string> name)
    {
        bool isWhole = file.Holds(part);
        if (!isWhole && part.Offset < _offset)
            (_offset, _cut) = (part.Offset, name);
        return !isWhole;
    }

    /// <summary>Notes that something is not what it must be in a dump that was written to its end.</summary>
    /// <param name="sentence">What is wrong, without a full stop.</param>
    public void NoteBlank(string sentence) => _blank ??= sentence;
}
