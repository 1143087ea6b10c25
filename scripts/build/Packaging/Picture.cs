using System.Globalization;

namespace KCallbacks.Build.Packaging;

/// <summary>A picture that is drawn as text, so that it can be read and changed in the repository.</summary>
/// <param name="Width">Points in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Points">Red, green, blue and opacity of each point, row by row.</param>
internal sealed record Picture(int Width, int Height, byte[] Points)
{
    private const char Transparent = '.';

    /// <summary>
    /// Reads a picture: a line per colour, its letter and <c>rrggbb</c>, an empty line, then a line per row with a letter per point, <c>.</c>
    /// where nothing is drawn.
    /// </summary>
    /// <exception cref="StepFailedException">A row has another length than the first, or a letter no colour.</exception>
    public static Picture Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int border = Array.IndexOf(lines, "");
        Dictionary<char, byte[]> colours = lines[..border].ToDictionary(line => line[0], line => Convert.FromHexString(line[2..] + "ff"));
        colours.Add(Transparent, [0, 0, 0, 0]);
        string[] rows = lines[(border + 1)..];
        if (rows.FirstOrDefault(row => row.Length != rows[0].Length) is { } odd)
            throw new StepFailedException(string.Create(CultureInfo.InvariantCulture, $"{path}: the row '{odd}' has {odd.Length} points, the first has {rows[0].Length}."));
        if (string.Concat(rows).FirstOrDefault(letter => !colours.ContainsKey(letter)) is var unknown and not '\0')
            throw new StepFailedException($"{path}: no colour has the letter '{unknown}'.");
        return new Picture(rows[0].Length, rows.Length, [.. rows.SelectMany(row => row).SelectMany(letter => colours[letter])]);
    }
}
