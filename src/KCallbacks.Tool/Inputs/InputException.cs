namespace KCallbacks.Tool.Inputs;

/// <summary>An input cannot be read at all; the message is for the user.</summary>
internal sealed class InputException(string message, bool isUnsupported = false) : Exception(message)
{
    /// <summary>Whether it is whole and known, and nothing that the tool reads.</summary>
    public bool IsUnsupported => isUnsupported;
}
