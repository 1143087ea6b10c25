using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Extension.Command;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.DataModel;

/// <summary>The options of <c>@$kernelcallbacks</c>: those of the command that select threads.</summary>
internal sealed record ViewOptions
{
    private static readonly ImmutableArray<CommandOption<ViewOptions>> All =
    [
        .. ThreadFilter.Options.Select(option => option.Within<ViewOptions>(whole => whole.Filter, (whole, part) => whole with { Filter = part })),
        ScanOptions.WalkOption.Within<ViewOptions>(whole => whole.Scan, (whole, part) => whole with { Scan = part }),
    ];

    private static readonly string Usage = $"Here {string.Join(", ", All.Select(option => option.Name))} select threads, for example @$kernelcallbacks(\"-d 2\").";

    /// <summary>Which threads are shown.</summary>
    public ThreadFilter Filter { get; init; } = new();

    /// <summary>How the process is scanned.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>Reads the arguments of the function.</summary>
    /// <exception cref="CommandSyntaxException">They are no options that select threads.</exception>
    /// <exception cref="ModelErrorException">They are no text.</exception>
    public static ViewOptions Parse(ImmutableArray<ModelObject> arguments)
    {
        if (arguments.IsEmpty)
            return new ViewOptions();
        if (arguments.Length > 1 || !arguments[0].TryGetText(out string text).Succeeded)
            throw new ModelErrorException(HResult.InvalidArgument, $"One text with options is expected. {Usage}");
        return new CommandLine<ViewOptions>(All, Usage).Parse(text, new ViewOptions());
    }
}
