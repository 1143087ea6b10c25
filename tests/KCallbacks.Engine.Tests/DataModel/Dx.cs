using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>Reads what <c>dx</c> prints.</summary>
internal static class Dx
{
    /// <summary>The value of an expression as it is displayed.</summary>
    public static string ValueOf(this EngineProcess engine, string expression)
    {
        string text = engine.Run($"dx {expression}");
        string line = text.Split('\n').Single(line => line.StartsWith(expression, StringComparison.Ordinal));
        return line[expression.Length..].TrimStart().TrimStart(':').Trim();
    }
}
