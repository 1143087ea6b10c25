namespace KCallbacks.Detection.Model;

/// <summary>A frame as the .NET runtime of the process tells it.</summary>
/// <param name="StackPointer">Its stack pointer, or where the record of a transition lies; 0 when not known.</param>
/// <param name="InstructionPointer">The instruction it executes or returns to; 0 for a transition, or when not known.</param>
/// <param name="Name"><c>Namespace.Type.Method</c> without the types of its parameters.</param>
/// <param name="Kind">What it is.</param>
public sealed record ManagedFrame(ulong StackPointer, ulong InstructionPointer, string Name, ManagedFrameKind Kind);
