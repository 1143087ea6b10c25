namespace KCallbacks.Tool.Install;

/// <summary>Nothing was installed or removed. The message says why and what to do.</summary>
internal sealed class InstallException(string message) : Exception(message);
