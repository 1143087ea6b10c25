using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Rows;

/// <summary>Rows of threads set for the width of a page. All tables of one output share the layout, so that it reads as one.</summary>
internal sealed class RowTable
{
    /// <summary>Pages from which there is room for the system call, for the raw names, and for the addresses of kernel threads.</summary>
    private const int WithVia = 120;
    private const int WithNames = 160;
    private const int WithAddresses = 150;

    private const int ViaWidth = 24;
    private const int RoutineWidth = 17;
    private const int TimeWidth = 7;
    private const int LeastOwner = 9;

    /// <summary>Where the columns of wide pages begin, unless an owner is longer.</summary>
    private const int FirstOfWide = 91;

    private readonly ImmutableArray<LeftColumn> _left;
    private readonly bool _isKernel;
    private readonly int _page;
    private readonly RowLayout _layout;
    private readonly bool _mayShift;
    private readonly CutCells _callbacks = new();
    private readonly CutCells _waits = new();

    /// <summary>Measures the rows.</summary>
    /// <param name="rows">All rows of the output.</param>
    /// <param name="page">Characters of a line.</param>
    /// <param name="withVerdicts">Whether the verdict has a column: where rows of any verdict are shown.</param>
    public RowTable(IReadOnlyCollection<ThreadRow> rows, int page, bool withVerdicts = false)
    {
        _page = page;
        _isKernel = rows.Any(row => row.First.Finding.Thread.Address is not null);
        _left = [.. LeftColumns(rows, _isKernel, page, withVerdicts).Select(column => column.For(rows))];
        int left = _left.Sum(column => column.Width) + _left.Length - 1;
        int time = _isKernel ? TimeWidth : 0;
        (int In, int WaitsFor, int Owner) needs =
            (Widest(rows, row => row.In.Text.Length, 2), Widest(rows, row => row.WaitsFor.Text.Length, LeastOwner), time + Widest(rows, row => row.Owner.Text.Length, LeastOwner));
        (int WaitsFor, int Owner) usual = _isKernel ? UsualPlacesOfKernel(page) : UsualPlaces(page);
        int end = HasVia ? Math.Max(FirstOfWide, usual.Owner + needs.Owner + 2) : page;
        _layout = RowLayout.Of(usual, left, needs, end);
        if (HasVia || !_layout.Cuts(needs))
            return;

        // Where names would be cut, an owner whose wait is short may begin before its column, as long as no wait is cut for that.
        RowLayout shifted = RowLayout.Of(usual, left, needs with { Owner = time + Widest(rows.Where(row => !CanShift(row, usual.WaitsFor)), row => row.Owner.Text.Length, LeastOwner) }, end);
        _mayShift = rows.All(row => row.WaitsFor.Text.Length < shifted.Owner - shifted.WaitsFor && (row.Owner.Text.Length == 0 || CanShift(row, shifted.WaitsFor)));
        if (_mayShift)
            _layout = shifted;
    }

    /// <summary>The line of titles.</summary>
    public Line Header
    {
        get
        {
            var line = new LineBuilder();
            foreach (LeftColumn column in _left)
                column.Add(line, new Run(column.Title));
            AddCells(line, new Cell("In"), new Cell("Waits for"), "For", new Cell("-> Thread"), [new Cell("Via"), new Cell("Routine"), new Cell("Waiting in")]);
            return Line.Of(PlainText.Render(line.ToLine()), Emphasis.Subdued);
        }
    }

    private bool HasVia => !_isKernel && _page >= WithVia;

    /// <summary>The line of a row.</summary>
    public Line Of(ThreadRow row)
    {
        var line = new LineBuilder();
        foreach (LeftColumn column in _left)
            column.Add(line, column.Cell(row));
        string time = row.First.Finding.Kernel?.WaitTime is { } waited ? Counted.Time(waited) : "";
        AddCells(line, row.In, row.WaitsFor, time, row.Owner, HasVia ? WideCells(row.First) : []);
        return line.ToLine();
    }

    private bool CanShift(ThreadRow row, int start) => start + row.WaitsFor.Text.Length + 1 + (_isKernel ? TimeWidth : 0) + row.Owner.Text.Length <= _page;

    private static IEnumerable<LeftColumn> LeftColumns(IReadOnlyCollection<ThreadRow> rows, bool isKernel, int page, bool withVerdicts)
    {
        if (isKernel && page >= WithAddresses)
            yield return new("ETHREAD", 16, IsNumber: false, row => row.Address);
        yield return isKernel ? new("Pid.Tid", 9, IsNumber: true, row => row.Number) : new("#", 4, IsNumber: true, row => row.Number);
        if (!isKernel && rows.Any(row => row.First.Finding.Thread.SystemId is not null))
            yield return new("Tid", 4, IsNumber: true, row => row.SystemId);
        if (rows.Any(row => row.Threads.Length > 1))
            yield return new("x", 4, IsNumber: true, row => row.Count);
        if (isKernel)
            yield return new("Process", 12, IsNumber: false, row => row.Process);
        if (withVerdicts)
            yield return new("Verdict", 11, IsNumber: false, row => new Run(DisplayText.Of(row.First.Finding.Verdict)));
        yield return new("Depth", 5, IsNumber: true, row => new Run(row.Depth));
    }

    private static (int WaitsFor, int Owner) UsualPlaces(int page) => page switch
    {
        < 100 => (42, 70),
        < WithVia => (50, 83),
        _ => (48, 79),
    };

    private static (int WaitsFor, int Owner) UsualPlacesOfKernel(int page) => page < WithAddresses ? (58, 86) : (79, 111);

    private static Cell[] WideCells(HangThread thread)
    {
        Callback? callback = thread.Finding.Callbacks.FirstOrDefault();
        return [Symbol(callback?.Entry), new Cell(callback is null ? "" : CallbackPhrases.RoutineOf(callback)), Symbol(thread.StandsIn)];
    }

    private static Cell Symbol(string? symbol) => symbol is null ? new Cell("") : new Cell("", SymbolText.Of(symbol)) { Link = Link.ToFunction(symbol) };

    private static int Widest(IEnumerable<ThreadRow> rows, Func<ThreadRow, int> length, int least) => rows.Select(length).Append(least).Max();

    private void AddCells(LineBuilder line, Cell callback, Cell wait, string time, Cell owner, ReadOnlySpan<Cell> wide)
    {
        line.Add(_layout.In, _callbacks.Fit(callback, _layout.WaitsFor - 1 - _layout.In));
        int shown = (_isKernel ? TimeWidth : 0) + owner.Text.Length;
        int start = _mayShift ? Math.Min(_layout.Owner, _page - shown) : _layout.Owner;
        line.Add(_layout.WaitsFor, _waits.Fit(wait, start - 1 - _layout.WaitsFor));
        if (_isKernel)
            line.Add(start, new Run(time));
        line.Add(start + (_isKernel ? TimeWidth : 0), new Run(owner.Text, owner.Emphasis, owner.Link));
        if (!HasVia)
            return;
        line.Add(_layout.Rest, wide[0].Fit(Math.Min(ViaWidth, _page - _layout.Rest) - 2));
        if (_page < WithNames)
            return;
        line.Add(_layout.Rest + ViaWidth, wide[1].Fit(RoutineWidth - 2));
        int last = _layout.Rest + ViaWidth + RoutineWidth;
        line.Add(last, wide[2].Fit(Math.Max(Fold.ShortestCut, _page - last)));
    }
}
