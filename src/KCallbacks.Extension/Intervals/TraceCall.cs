namespace KCallbacks.Extension.Intervals;

/// <summary>A call in a recorded run that begins or ends a callback.</summary>
internal sealed class TraceCall : IComparable<TraceCall>
{
    /// <summary>Whether it ends a callback.</summary>
    public required bool IsReturn { get; init; }

    /// <summary>The operating system's thread id, which may name several threads of a run, one after the other.</summary>
    public required ulong ThreadId { get; init; }

    /// <summary>An id that names one thread of the run; null where the list has none.</summary>
    public ulong? UniqueThreadId { get; init; }

    /// <summary>The sequence in which it was made, or a time in whatever unit the list has.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Steps within the sequence; null where the list has plain numbers.</summary>
    public ulong? Steps { get; init; }

    /// <summary>What was called; empty when not known.</summary>
    public string Function { get; init; } = "";

    /// <summary>Its place as the debugger's <c>!tt</c> takes it, for example <c>12A:5</c>; a plain number in hexadecimal digits.</summary>
    public string Place => Steps is { } steps ? $"{Sequence:X}:{steps:X}" : $"0x{Sequence:x}";

    /// <summary>By time; at the same time a return is before the begin of the next callback.</summary>
    public int CompareTo(TraceCall? other) => other is null ? 1
        : Sequence != other.Sequence ? Sequence.CompareTo(other.Sequence)
        : Steps != other.Steps ? (Steps ?? 0).CompareTo(other.Steps ?? 0)
        : other.IsReturn.CompareTo(IsReturn);
}
