using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using static KCallbacks.Reports.Facts.FactKind;

namespace KCallbacks.Reports.Facts;

/// <summary>All that is said of a shape of a hang. A new fact is a row here.</summary>
internal static class ShapeFacts
{
    /// <summary>The facts in the order of JSON.</summary>
    public static ImmutableArray<Fact<HangShape>> All { get; } =
    [
        new("id", "Id", Words, "A word for the shape that stays.", shape => shape.Id),
        new("name", "Name", Words, "The shape in a few words.", shape => shape.Name),
        new("frames", "Frames", Numbers, "Indexes of the frames that show it.", shape => shape.Frames),
        new("wow64.frames", "Wow64Frames", Numbers, "Indexes of the frames of the 32-bit half that show it.", shape => shape.Wow64Frames.IsEmpty ? null : shape.Wow64Frames),
    ];
}
