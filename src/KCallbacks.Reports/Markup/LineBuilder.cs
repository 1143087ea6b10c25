using System.Collections.Immutable;

namespace KCallbacks.Reports.Markup;

/// <summary>A line that is made from left to right, its runs at given places.</summary>
internal sealed class LineBuilder
{
    private static readonly ImmutableArray<Run> Blanks = [.. Enumerable.Range(0, 64).Select(count => new Run(new string(' ', count)))];

    private readonly ImmutableArray<Run>.Builder _runs = ImmutableArray.CreateBuilder<Run>();

    /// <summary>Characters so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds runs that begin at a place; one blank after what is there where that is taken.</summary>
    public void Add(int start, params ReadOnlySpan<Run> runs)
    {
        Pad(start - Length < 1 && Length > 0 ? 1 : start - Length);
        foreach (Run run in runs)
            Append(run);
    }

    /// <summary>Adds a run that ends at a place; one blank after what is there where there is no room.</summary>
    public void AddRight(Run run, int end)
    {
        int start = end - run.Text.Length;
        Pad(start <= Length && Length > 0 ? 1 : start - Length);
        Append(run);
    }

    /// <summary>Adds blanks up to a place.</summary>
    public void PadTo(int end) => Pad(end - Length);

    /// <summary>The line.</summary>
    public Line ToLine() => new(_runs.DrainToImmutable());

    private void Pad(int blanks)
    {
        if (blanks > 0)
            Append(blanks < Blanks.Length ? Blanks[blanks] : new Run(new string(' ', blanks)));
    }

    private void Append(Run run)
    {
        if (run.Text.Length == 0)
            return;
        _runs.Add(run);
        Length += run.Text.Length;
    }
}
