namespace KCallbacks.Detection.HangShapes;

/// <summary>Which of the rules a function speaks for; a bit per rule.</summary>
/// <param name="Patterns">Rules whose <see cref="ShapeRule.Patterns"/> it is one of.</param>
/// <param name="AlsoInside">Rules whose <see cref="ShapeRule.AlsoInside"/> it is one of.</param>
internal readonly record struct ShapeMark(uint Patterns, uint AlsoInside)
{
    /// <summary>Whether it speaks for none.</summary>
    public bool IsNone => (Patterns | AlsoInside) == 0;

    /// <summary>Whether it is a function of the rule.</summary>
    public bool IsOf(int rule) => (Patterns >> rule & 1) != 0;

    /// <summary>Whether it is a function that must stand inside the callback as well.</summary>
    public bool IsAlsoInside(int rule) => (AlsoInside >> rule & 1) != 0;
}
