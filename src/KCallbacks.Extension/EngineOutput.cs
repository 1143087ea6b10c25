using System.Text;
using KCallbacks.DbgEng;
using KCallbacks.Reports;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Extension;

/// <summary>
/// Prints lines through the engine, as many with one call as it takes: it cuts longer text without an error, and a call costs more
/// than a line.
/// </summary>
internal sealed class EngineOutput(DebugControl control)
{
    /// <summary>Prints lines.</summary>
    public void Write(IEnumerable<Line> lines) => Write(OutputControl.AmbientDml, lines.Select(Dml.Render));

    /// <summary>Prints lines exactly as they are.</summary>
    public void WriteText(IEnumerable<string> lines) => Write(OutputControl.AmbientText, lines);

    /// <summary>Prints what went wrong, on one line. Never throws.</summary>
    public void WriteError(string message) =>
        _ = control.TryOutput(OutputControl.AmbientDml, OutputMask.Error, Dml.Render(Line.Of($"{Product.Name}: {message}", Emphasis.Warning)) + "\n");

    private void Write(OutputControl kind, IEnumerable<string> lines)
    {
        var gathered = new StringBuilder();
        try
        {
            foreach (string line in lines)
            {
                if (gathered.Length + line.Length + 1 > Line.EngineLimit)
                    Print();
                gathered.Append(line).Append('\n');
            }
        }
        finally
        {
            // Also when the user stops it between two lines: those before are to be seen.
            Print();
        }

        void Print()
        {
            if (gathered.Length > 0)
                control.TryOutput(kind, OutputMask.Normal, gathered.ToString()).ThrowIfFailed("ControlledOutputWide");
            gathered.Clear();
        }
    }
}
