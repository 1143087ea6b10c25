using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Extension.Command;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.DataModel;

/// <summary>The options of the functions: those of the command that select threads.</summary>
internal sealed record ViewOptions
{
    private static readonly ImmutableArray<CommandOption<ViewOptions>> All =
    [
        .. ThreadFilter.Options.Select(option => option.Within<ViewOptions>(whole => whole.Filter, (whole, part) => whole with { Filter = part })),
        ScanOptions.WalkOption.Within<ViewOptions>(whole => whole.Scan, (whole, part) => whole with { Scan = part }),
    ];

    private static readonly string Names = string.Join(", ", All.Select(option => option.Name));

    /// <summary>Which threads are shown.</summary>
    public ThreadFilter Filter { get; init; } = new();

    /// <summary>How the process is scanned.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>Reads the arguments of a function.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="function">Its name.</param>
    /// <exception cref="CommandSyntaxException">They are no options that select threads.</exception>
    /// <exception cref="ModelErrorException">They are no text.</exception>
    public static ViewOptions Parse(ImmutableArray<ModelObject> arguments, string function)
    {
        if (arguments.IsEmpty)
            return new ViewOptions();
        string usage = $"Here {Names} select threads, for example @${function}(\"-d 2\").";
        if (arguments.Length > 1 || !arguments[0].TryGetText(out string text).Succeeded)
            throw new ModelErrorException(HResult.InvalidArgument, $"One text with options is expected. {usage}");
        return new CommandLine<ViewOptions>(All, usage).Parse(text, new ViewOptions());
    }
}
