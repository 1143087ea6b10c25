using System.Collections.Immutable;

namespace KCallbacks.Reports.Markup;

/// <summary>One line of output, without its end.</summary>
/// <param name="Runs">Its pieces from left to right.</param>
public readonly record struct Line(ImmutableArray<Run> Runs)
{
    /// <summary>
    /// Characters one call of the debug engine's output functions takes, the line's end included: longer text is cut by the
    /// engine without an error (measured with dbgeng 10.0.29507).
    /// </summary>
    public const int EngineLimit = 16_383;

    /// <summary>An empty line.</summary>
    public static Line Empty { get; } = new([]);

    /// <summary>A line of one run.</summary>
    public static Line Of(string text, Emphasis emphasis = Emphasis.Normal) => new([new Run(text, emphasis)]);

    /// <summary>A line of several runs.</summary>
    public static Line Of(params ImmutableArray<Run> runs) => new(runs);
}
