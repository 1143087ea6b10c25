using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using static KCallbacks.Reports.Facts.FactKind;

namespace KCallbacks.Reports.Facts;

/// <summary>All that is said of a frame of a .NET runtime. A new fact is a row here.</summary>
internal static class ManagedFrameFacts
{
    /// <summary>The facts in the order of JSON.</summary>
    public static ImmutableArray<Fact<ManagedFrame>> All { get; } =
    [
        new("name", "Name", Name, "Namespace, type and method.", frame => frame.Name),
        new("kind", "Kind", Words, "method, stub, or transition.", frame => DisplayText.Of(frame.Kind)),
        new("stackPointer", "StackPointer", Address, "Its stack pointer.", frame => frame.StackPointer == 0 ? null : frame.StackPointer),
        new("instructionPointer", "InstructionPointer", Address, "Its instruction.", frame => frame.InstructionPointer == 0 ? null : frame.InstructionPointer),
    ];
}
