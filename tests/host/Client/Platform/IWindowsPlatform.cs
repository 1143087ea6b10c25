using System.Diagnostics;

namespace KCallbacks.EngineHost.Client.Platform;

/// <summary>Where Windows programs run: Windows itself, or Wine.</summary>
public interface IWindowsPlatform
{
    /// <summary>How to start a program; its standard streams are redirected.</summary>
    /// <param name="program">Path of the program on this machine.</param>
    ProcessStartInfo StartOf(string program);

    /// <summary>How to start a program of the .NET runtime that brings its runtime along.</summary>
    /// <param name="program">Path of the program on this machine.</param>
    /// <param name="display">Where its windows are shown, if this is not Windows; null where it shows none.</param>
    ProcessStartInfo StartOfManaged(string program, string? display = null) => StartOf(program);

    /// <summary>The path by which a Windows program knows a file of this machine.</summary>
    string WindowsPathOf(string path);
}
