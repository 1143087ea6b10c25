namespace KCallbacks.Extension.Command;

/// <summary>The command line cannot be understood; the message is for the user and says what to type instead.</summary>
internal sealed class CommandSyntaxException(string message) : Exception(message);
