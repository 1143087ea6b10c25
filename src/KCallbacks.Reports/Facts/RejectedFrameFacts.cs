using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using static KCallbacks.Reports.Facts.FactKind;

namespace KCallbacks.Reports.Facts;

/// <summary>All that is said of a callback frame that is none of a callback that runs.</summary>
internal static class RejectedFrameFacts
{
    /// <summary>The facts in the order of JSON.</summary>
    public static ImmutableArray<Fact<RejectedFrame>> All { get; } =
    [
        new("address", "Address", Address, "Where it lies on the user stack.", frame => frame.Address),
        new("reason", "Reason", Words, "The witness against it.", frame => frame.Reason),
    ];
}
