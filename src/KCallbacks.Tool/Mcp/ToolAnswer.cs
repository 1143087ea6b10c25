namespace KCallbacks.Tool.Mcp;

/// <summary>The answer of a tool before it is cut to size.</summary>
/// <param name="Json">One JSON object.</param>
/// <param name="LeftOut">Items that it does not have, because a client could not get so many.</param>
internal sealed record ToolAnswer(string Json, int LeftOut = 0);
