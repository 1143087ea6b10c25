using System.Diagnostics;

namespace KCallbacks.EngineHost.Client.Platform;

/// <summary>Windows itself.</summary>
public sealed class NativeWindows : IWindowsPlatform
{
    /// <inheritdoc/>
    public ProcessStartInfo StartOf(string program) => new ProcessStartInfo(program).WithRedirectedStreams();

    /// <inheritdoc/>
    public string WindowsPathOf(string path) => Path.GetFullPath(path);
}
