using KCallbacks.Dumps.Format;
using KCallbacks.Tool.Inputs;
using KCallbacks.Tool.Install;
using KCallbacks.Tool.Mcp;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>An exception in one line for the user.</summary>
internal static class FailureText
{
    /// <summary>What to say of an input whose name was said before.</summary>
    public static string OfInput(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        InvalidDataException => $"it is packed, and damaged: {OneLine(exception.Message)}",
        UnauthorizedAccessException => "it is a folder, or may not be read",
        _ => Of(exception),
    };

    /// <summary>What to say of a call by a client that failed.</summary>
    public static string OfCall(Exception exception) => exception is ToolException ? OneLine(exception.Message) : Of(exception);

    /// <summary>Whether an input is whole, and nothing that the tool reads.</summary>
    public static bool IsUnsupported(Exception exception) => exception is InputException { IsUnsupported: true } or DumpException { IsUnsupported: true };

    /// <summary>Whether it is a fault of the program, not of an input.</summary>
    public static bool IsFault(Exception exception) =>
        exception is not (InputException or DumpException or InstallException or StoreException or WorkerException or InvalidDataException or IOException or UnauthorizedAccessException or OutOfMemoryException);

    /// <summary>What to say. What is not foreseen names itself as a fault of the program.</summary>
    public static string Of(Exception exception) => exception switch
    {
        OutOfMemoryException => "there is not enough memory",
        _ when !IsFault(exception) => OneLine(exception.Message),
        _ => $"internal error, please report it: {exception.GetType().Name}: {OneLine(exception.Message)}",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
