namespace KCallbacks.Detection.Waits;

/// <summary>The thread that owns a window.</summary>
/// <param name="ThreadId">Its system id.</param>
/// <param name="ProcessId">Its process where that is another one; null otherwise.</param>
/// <param name="Evidence">What shows it, in words.</param>
/// <param name="ProcessName">The file name of that process's program; null when not known.</param>
public sealed record WindowOwner(uint ThreadId, uint? ProcessId, string Evidence, string? ProcessName = null);

/// <summary>Looks up whose a window is, by the table of handles of the window manager or by the system itself.</summary>
public interface IWindowView
{
    /// <summary>The owner; null when not known.</summary>
    /// <param name="window">The window's handle.</param>
    WindowOwner? OwnerOf(ulong window);
}

/// <summary>A target that does not tell whose a window is.</summary>
internal sealed class NoWindows : IWindowView
{
    /// <inheritdoc/>
    public WindowOwner? OwnerOf(ulong window) => null;
}
