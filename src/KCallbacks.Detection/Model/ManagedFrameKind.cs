namespace KCallbacks.Detection.Model;

/// <summary>What a frame of a .NET runtime is.</summary>
public enum ManagedFrameKind
{
    /// <summary>A method.</summary>
    Method,

    /// <summary>Code that the runtime makes for a call between native and managed code.</summary>
    Stub,

    /// <summary>A record that the runtime keeps of a place where managed code was left or entered.</summary>
    Transition,
}
