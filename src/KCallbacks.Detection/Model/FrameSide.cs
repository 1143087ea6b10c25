namespace KCallbacks.Detection.Model;

/// <summary>The side of the kernel border on which a frame runs.</summary>
public enum FrameSide
{
    /// <summary>Neither an address nor a module tells.</summary>
    Unknown,

    /// <summary>User mode.</summary>
    User,

    /// <summary>Kernel mode.</summary>
    Kernel,
}
