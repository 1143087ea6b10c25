namespace KCallbacks.PrintedStacks.Frames;

/// <summary>What the shape of a frame line says of the stack it belongs to.</summary>
[Flags]
internal enum FrameTraits
{
    None = 0,

    /// <summary>An inlined function: it has no stack pointer of its own.</summary>
    Inline = 1,

    /// <summary>A word found by scanning the stack, not a step of a walk.</summary>
    RawScan = 2,

    /// <summary>Kept by a heap or leak checker when memory was allocated.</summary>
    Historic = 4,

    /// <summary>The parameter list is not closed on this line.</summary>
    OpenParameters = 8,

    /// <summary>Nothing but a name: only its neighbours show that it is a frame.</summary>
    NameOnly = 16,

    /// <summary>A single word that may be a module name, as <c>kc</c> prints code without symbols.</summary>
    BareWord = 32,

    /// <summary>A parameter list follows the name, as only tools print it.</summary>
    Parameters = 64,

    /// <summary>Blanks stand around the <c>!</c>, which text recognition does and prose.</summary>
    Spaced = 128,

    /// <summary>The row says that the frame's code is ARM64, which only an ARM64 machine runs.</summary>
    Arm64 = 256,
}
