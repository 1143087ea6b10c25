namespace KCallbacks.DbgX;

/// <summary>A session could not be opened or scanned; the message is for the user and says what to do.</summary>
public sealed class CallbackSessionException : Exception
{
    /// <summary>With a message for the user.</summary>
    public CallbackSessionException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and what led to it.</summary>
    public CallbackSessionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
