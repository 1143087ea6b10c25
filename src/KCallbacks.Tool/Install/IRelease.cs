namespace KCallbacks.Tool.Install;

/// <summary>A release of the extension that can be installed.</summary>
internal interface IRelease : IDisposable
{
    /// <summary>Unpacks the package's folder, all of it or nothing that would be installed.</summary>
    /// <param name="folder">The folder to make; must not exist.</param>
    /// <exception cref="InstallException">It is none of ours, or damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    void UnpackTo(string folder);
}
