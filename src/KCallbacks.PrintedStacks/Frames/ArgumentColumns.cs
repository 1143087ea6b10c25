using System.Collections.Immutable;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>The columns <c>Args to Child</c>: on x86 three arguments of the function, elsewhere four words of its home slots.</summary>
internal readonly record struct ArgumentColumns(int Count, ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Fewer columns are something else.</summary>
    private const int Fewest = 3;

    /// <summary>Whether there are any.</summary>
    public bool Any => Count >= Fewest;

    /// <summary>Whether they are of 32 bits, where they lie on the stack.</summary>
    public bool Are32Bit { get; init; }

    /// <summary>The values in their order.</summary>
    public ImmutableArray<ulong> Values => Count > Fewest ? [First, Second, Third, Fourth] : [First, Second, Third];
}
