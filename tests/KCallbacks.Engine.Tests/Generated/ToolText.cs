using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>What the tool prints.</summary>
internal static class ToolText
{
    /// <summary>Runs it in this process.</summary>
    public static string Of(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        new ToolHost(Stream.Null, output, error, TimeProvider.System).Run(arguments);
        return output.ToString();
    }
}
