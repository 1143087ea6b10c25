namespace KCallbacks.Dumps.Format;

/// <summary>A dump cannot be read; the message is for the user.</summary>
public sealed class DumpException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether it is whole, and of a system or processor whose dumps are not read.</summary>
    public bool IsUnsupported { get; init; }
}
