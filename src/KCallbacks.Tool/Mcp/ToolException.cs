namespace KCallbacks.Tool.Mcp;

/// <summary>A call cannot be answered; the message is for the client.</summary>
internal sealed class ToolException(string message) : Exception(message);
