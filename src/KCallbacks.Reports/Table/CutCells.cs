using System.Globalization;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Table;

/// <summary>
/// The cells of a column, cut where they are too long. Two that would be cut to the same letters get numbers in place of the gap, so that
/// no two names look alike.
/// </summary>
internal sealed class CutCells
{
    /// <summary>Tries to tell a cell from others that are cut to the same letters.</summary>
    private const int MostAlike = 16;

    private readonly Dictionary<string, string> _shown = [];

    /// <summary>The runs of a cell within a width.</summary>
    public Run[] Fit(Cell cell, int width)
    {
        string text = cell.Text;
        if (text.Length <= width)
        {
            _shown.TryAdd(text, text);
            return cell.Fit(width);
        }

        Run[] fitted = cell.Fit(width);
        for (int number = 2; number < MostAlike && !IsOwn(TextOf(fitted), text); number++)
            fitted = cell.Fit(width, string.Create(CultureInfo.InvariantCulture, $".{number}."));
        return fitted;
    }

    private bool IsOwn(string shown, string text)
    {
        if (_shown.TryAdd(shown, text))
            return true;
        return _shown[shown] == text;
    }

    private static string TextOf(Run[] runs) => string.Concat(runs.Select(run => run.Text));
}
