using KCallbacks.DbgEng;
using KCallbacks.Reports;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Extension;

/// <summary>Prints lines through the engine, one call per line: the engine cuts longer text without an error.</summary>
internal sealed class EngineOutput(DebugControl control)
{
    /// <summary>Prints lines.</summary>
    public void Write(IEnumerable<Line> lines)
    {
        foreach (Line line in lines)
            control.TryOutput(OutputControl.AmbientDml, OutputMask.Normal, Dml.Render(line) + "\n").ThrowIfFailed("ControlledOutputWide");
    }

    /// <summary>Prints lines exactly as they are.</summary>
    public void WriteText(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            control.TryOutput(OutputControl.AmbientText, OutputMask.Normal, line + "\n").ThrowIfFailed("ControlledOutputWide");
    }

    /// <summary>Prints what went wrong, on one line. Never throws.</summary>
    public void WriteError(string message) =>
        _ = control.TryOutput(OutputControl.AmbientDml, OutputMask.Error, Dml.Render(Line.Of($"{Product.Name}: {message}", Emphasis.Warning)) + "\n");
}
