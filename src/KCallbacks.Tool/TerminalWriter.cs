using System.Text;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Tool;

/// <summary>
/// Text on its way to a terminal: whatever a file's name, an entry of a zip or an error holds, no control, escape or invisible character gets
/// through. Only what is written itself ends a line, so that no name can begin one.
/// </summary>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value is '\n' or '\r')
            inner.Write(value);
        else
            inner.Write(Printable.Of(value.ToString()));
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <summary>Line ends stay: the help of the command line is written in pieces that hold some.</summary>
    public override void Write(string? value)
    {
        string[] lines = (value ?? "").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                inner.Write('\n');
            bool endsInReturn = i < lines.Length - 1 && lines[i].EndsWith('\r');
            inner.Write(Printable.Of(endsInReturn ? lines[i][..^1] : lines[i]));
            if (endsInReturn)
                inner.Write('\r');
        }
    }

    public override void WriteLine() => inner.WriteLine();

    /// <summary>One line: an end of line in the text is no end of line.</summary>
    public override void WriteLine(string? value) => inner.WriteLine(Printable.Of(value ?? ""));

    /// <summary>A line in colour: its text is harmless already, and nothing but the colours is added.</summary>
    public void WriteColoured(Line line) => inner.WriteLine(AnsiText.Render(line));

    public override void Flush() => inner.Flush();
}
