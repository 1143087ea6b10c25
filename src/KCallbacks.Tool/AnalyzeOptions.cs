using System.Collections.Immutable;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>What the user asked of <c>kcallbacks analyze</c>.</summary>
internal sealed record AnalyzeOptions
{
    /// <summary>The options that the debugger's command has too, from the same tables.</summary>
    public static ImmutableArray<CommandOption<AnalyzeOptions>> Shared { get; } =
    [
        .. ThreadFilter.Options.Select(option => option.Within<AnalyzeOptions>(whole => whole.Filter, (whole, part) => whole with { Filter = part })),
        .. ReportForm.Options.Select(option => option.Within<AnalyzeOptions>(whole => whole.Form, (whole, part) => whole with { Form = part })),
    ];

    /// <summary>Which threads are shown.</summary>
    public ThreadFilter Filter { get; init; } = new();

    /// <summary>In which shape they are shown.</summary>
    public ReportForm Form { get; init; } = new();

    /// <summary>Whether rows for a spreadsheet are printed.</summary>
    public bool Csv { get; init; }

    /// <summary>Whether colours are used: always, never, or null for where they are seen.</summary>
    public bool? Colour { get; init; }

    /// <summary>The file to write a page into, besides what is printed; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Whether JSON is printed, in whichever form.</summary>
    public bool IsJson => Form.Json || JsonLines;

    /// <summary>The file to write the report into; null for standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether JSON is printed as one object per file and line.</summary>
    public bool JsonLines { get; init; }

    /// <summary>What makes the exit code 1.</summary>
    public AlertStates Alert { get; init; } = AlertStates.Usual;

    /// <summary>Whether the waits are printed as a graph.</summary>
    public bool Dot { get; init; }

    /// <summary>Whether all files share one table, whatever their number.</summary>
    public bool Summary { get; init; }

    /// <summary>Whether files are listed with a line each.</summary>
    public bool List { get; init; }

    /// <summary>Whether what dumps say of themselves, and where callbacks lie on the stack, is wanted.</summary>
    public bool WithCapture { get; init; }

    /// <summary>Whether stacks are kept, whatever is printed.</summary>
    public bool WithStacks => WithCapture || Html is not null;

    /// <summary>What the user says of the inputs.</summary>
    public InputChoice Inputs { get; init; } = new(InputFormat.Auto);
}
