using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.RandomStacks;

/// <summary>A stack built from random valid nesting, and what was built into it.</summary>
/// <param name="Stack">The thread.</param>
/// <param name="Routines">The routines printed, innermost first; null where the spelling hides them.</param>
/// <param name="Entries">The system calls printed, innermost first; null where the spelling hides them.</param>
/// <param name="IsAtReturn">Whether the stub of the return is innermost.</param>
internal sealed record Nested(ThreadStack Stack, IReadOnlyList<string?> Routines, IReadOnlyList<string?> Entries, bool IsAtReturn);
