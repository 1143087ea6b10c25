using System.Collections.Immutable;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.Command;

/// <summary>What the user asked of <c>!kcallbacks</c>. The default is the command without options.</summary>
internal sealed record CommandOptions
{
    /// <summary>All options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption<CommandOptions>> All { get; } =
    [
        .. ThreadFilter.Options.Select(option => option.Within<CommandOptions>(whole => whole.Filter, (whole, part) => whole with { Filter = part })),
        .. ReportForm.Options.Select(option => option.Within<CommandOptions>(whole => whole.Form, (whole, part) => whole with { Form = part })),
        new("-jsonfile", "--jsonfile", "FILE", "write the JSON into a file on the debug engine's machine",
            (options, path) => options with { JsonFile = path }) { Example = "-jsonfile c:\\temp\\hang.json" },
        new("-record", "--record", "FILE", "write a recording without loss, to send a case without its dump; on the debug engine's machine, not in secure mode",
            (options, path) => options with { RecordFile = path }) { Example = "-record c:\\temp\\hang.recording" },
        new("-compare", "--compare", "FILE", "which threads stand where they stood when FILE was written, with -jsonfile or -record",
            (options, path) => options with { CompareFile = path }) { Example = "-compare c:\\temp\\hang.json" },
        OfScan(ScanOptions.WalkOption),
        new("-stats", "--stats", null, "say where the time went",
            (options, _) => options with { Statistics = true }),
        .. ScanOptions.KernelOptions.Select(OfScan),
        new("-version", "--version", null, "print the version",
            (options, _) => options with { Version = true }),
        new("-?", "--help", null, "print this help",
            (options, _) => options with { Help = true }) { Aliases = ["?", "/?", "-h"] },
    ];

    /// <summary>Which threads are shown.</summary>
    public ThreadFilter Filter { get; init; } = new();

    /// <summary>In which shape they are shown.</summary>
    public ReportForm Form { get; init; } = new();

    /// <summary>How the session is scanned.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>The file to write JSON into, on the engine's machine; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>The file to write a recording into, on the engine's machine; null for none.</summary>
    public string? RecordFile { get; init; }

    /// <summary>The report or recording of an earlier run to compare with, on the engine's machine; null for none.</summary>
    public string? CompareFile { get; init; }

    /// <summary>Whether files of the engine's machine are written or read.</summary>
    public bool UsesFiles => JsonFile is not null || RecordFile is not null || CompareFile is not null;

    /// <summary>Whether it is asked which threads stand where they stood, and besides for a part of the threads or another view.</summary>
    private bool IsComparisonOfPart => CompareFile is not null && (Filter.IsRestricting || Filter.All || Form.Group || Form.Verbose || Form.Chains);

    /// <summary>Whether to say where the time went.</summary>
    public bool Statistics { get; init; }

    /// <summary>Whether to print the version and do nothing else.</summary>
    public bool Version { get; init; }

    /// <summary>Whether to print the help and do nothing else.</summary>
    public bool Help { get; init; }

    /// <summary>What the help is asked about; empty for all.</summary>
    public string HelpTopic { get; init; } = "";

    /// <summary>Reads the text after the command's name.</summary>
    /// <exception cref="CommandSyntaxException">Names the option that is unknown or malformed and the nearest valid one.</exception>
    public static CommandOptions Parse(string arguments)
    {
        if (TopicOf(arguments) is { } topic)
            return new CommandOptions { Help = true, HelpTopic = topic };
        CommandOptions options = new CommandLine<CommandOptions>(All, "All options: !kcallbacks -?").Parse(arguments, new CommandOptions());
        return options.IsComparisonOfPart
            ? throw new CommandSyntaxException("-compare compares all threads and shows them in its own way: use it without -t, -m, -d, -r, -not, -like, -a, -g, -v and -w")
            : options;
    }

    /// <summary>Whether a command line, right or wrong, asks for JSON.</summary>
    public static bool AskForJson(string arguments) =>
        arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(All.Single(option => option.Name == "-json").IsNamed);

    /// <summary>The word after <c>-?</c>, empty for none; null where no help is asked for.</summary>
    private static string? TopicOf(string arguments)
    {
        string[] words = arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 1 or 2 && All.Single(option => option.Name == "-?").IsNamed(words[0]) ? words.ElementAtOrDefault(1) ?? "" : null;
    }

    private static CommandOption<CommandOptions> OfScan(CommandOption<ScanOptions> option) =>
        option.Within<CommandOptions>(whole => whole.Scan, (whole, part) => whole with { Scan = part });
}
