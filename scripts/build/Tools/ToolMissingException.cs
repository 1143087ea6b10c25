namespace KCallbacks.Build.Tools;

/// <summary>A tool is missing and cannot be installed from here; the message names the command that installs it.</summary>
internal sealed class ToolMissingException(string message) : Exception(message);
