using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a callback.</summary>
internal static class CallbackProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="frames">Makes the object of a callback's frames.</param>
    public static ImmutableArray<ModelProperty<JudgedCallback>> Of(Func<IReadOnlyList<StackFrame>, ModelObject> frames) =>
    [
        new("Message", "The window message that it delivers; what a hook, event or enumeration procedure is called for.",
            callback => DisplayText.OfDelivered(callback.Found)),
        .. FactProperty.Of<JudgedCallback, Callback>(CallbackFacts.All, callback => callback.Found),
        new("Frames", "The frames that run in this callback and in none within it, innermost first.",
            callback => frames(callback.Frames)),
    ];
}
