namespace KCallbacks.ReportModel;

/// <summary>A text is no report that can be read; the message is for the user.</summary>
public sealed class ReportFormatException : Exception
{
    /// <summary>With a message for the user.</summary>
    public ReportFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and what led to it.</summary>
    public ReportFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
