namespace KCallbacks.Detection.Model;

/// <summary>Which witnesses prove a callback.</summary>
[Flags]
public enum EvidenceSource
{
    /// <summary>No witness.</summary>
    None = 0,

    /// <summary>Names and displacements of walked frames.</summary>
    Frames = 1,

    /// <summary>The callback frame's structure in stack memory.</summary>
    Memory = 2,

    /// <summary>Walked frames and stack memory agree.</summary>
    Both = Frames | Memory,

    /// <summary>Structures or frames of the kernel.</summary>
    Kernel = 4,
}
