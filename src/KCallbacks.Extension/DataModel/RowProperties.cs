using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;

namespace KCallbacks.Extension.DataModel;

/// <summary>The columns of the command's table: few, so that a grid of them fits a page.</summary>
internal static class RowProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    public static ImmutableArray<ModelProperty<JudgedRow>> All { get; } =
    [
        new("Id", "The operating system's thread id.", row => row.Thread.Finding.Thread.SystemId),
        new("Depth", "Callbacks nested: + at least, ~ likely, ? a guess.", row => row.Cells?.Depth ?? ""),
        new("In", "What the kernel called, and whose code.", row => row.Cells?.In ?? ""),
        new("WaitsFor", "What must happen for it to go on.", row => row.Cells?.WaitsFor ?? ""),
        new("Owner", "Who must let go: -> certain, ~> likely, -> ? not known; or how many it holds up.", row => row.Cells?.Owner ?? ""),
    ];
}
