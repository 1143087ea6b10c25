namespace KCallbacks.DbgEng.DataModel;

/// <summary>A question that the data model answers with an error.</summary>
/// <param name="code">The code that programs see.</param>
/// <param name="message">What the user sees.</param>
public sealed class ModelErrorException(HResult code, string message) : Exception(message)
{
    /// <summary>The code that programs see.</summary>
    public HResult Code { get; } = code;
}
