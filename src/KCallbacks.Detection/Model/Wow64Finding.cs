namespace KCallbacks.Detection.Model;

/// <summary>What the 32-bit half of a WoW64 thread says by itself.</summary>
/// <param name="Verdict">The verdict on this half alone.</param>
/// <param name="Depth">Callbacks that it shows.</param>
/// <param name="InstructionPointer">Where it stands; 0 when not known.</param>
/// <param name="InstructionPlace">The same as <c>module+0xoffset</c>; null when it lies in no known module.</param>
public sealed record Wow64Finding(Verdict Verdict, int Depth, ulong InstructionPointer, string? InstructionPlace);
