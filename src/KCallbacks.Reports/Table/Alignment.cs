namespace KCallbacks.Reports.Table;

/// <summary>The side of its column a cell leans on.</summary>
internal enum Alignment
{
    /// <summary>Names.</summary>
    Left,

    /// <summary>Numbers.</summary>
    Right,
}
