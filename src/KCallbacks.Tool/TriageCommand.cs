using System.CommandLine;
using System.CommandLine.Parsing;
using KCallbacks.Reports.Options;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks triage INPUT... --store FOLDER</c>: options of the command line.</summary>
internal sealed class TriageCommand : Command
{
    /// <summary>Less is not enough for the program itself.</summary>
    private const long LeastMemory = 64L << 20;

    private const int MostJobs = 1024;

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders of dumps, files, patterns, archives; @LIST for those that a file names, @- for a list on standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _store = new("--store") { Description = "The folder with the rows; made where there is none.", HelpName = "FOLDER", Required = true };

    private readonly Option<int> _jobs = new("--jobs", "-j")
    {
        Description = "How many inputs are read at a time, each by a process of its own. Default: one per processor.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string> _shard = new("--shard")
    {
        Description = "Only part I of N of the inputs, the same part on every machine; parts may run at the same time and share a store.",
        HelpName = "I/N",
        DefaultValueFactory = _ => Shard.Whole.ToString(),
    };

    private readonly Option<string> _timeLimit = new("--time-limit")
    {
        Description = "How long one input may take, for example 90s or 2m; what takes longer gets the outcome timeout.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "60s",
    };

    private readonly Option<string> _memoryLimit = new("--memory-limit")
    {
        Description = "How much memory the process that reads an input may take, for example 500MiB; what takes more gets the outcome memory.",
        HelpName = "SIZE",
        DefaultValueFactory = _ => "1GiB",
    };

    private readonly Option<bool> _retryFailed = new("--retry-failed") { Description = "Do inputs again whose outcome was timeout, memory, crashed or unreadable." };

    private readonly Option<bool> _full = new("--full") { Description = "Keep the whole object of analyze --jsonl in each row." };

    private readonly Option<string> _images = new("--images")
    {
        Description = "Images of the modules that dumps do not hold: a folder with the files, or a symbol store. Nothing is downloaded.",
        HelpName = "FOLDER",
    };

    /// <summary>The command, ready to be invoked.</summary>
    public TriageCommand(ToolHost host)
        : base("triage", "Judges many dumps and keeps a row of each in a store; goes on where it was when it is started again. Exit code: 0 every input has a row, 2 wrong options or store that cannot be written, 130 stopped.")
    {
        Add(_inputs);
        foreach (Option option in (Option[])[_store, _jobs, _shard, _timeLimit, _memoryLimit, _retryFailed, _full, _images])
            Add(option);
        Add(new ReportCommand(host));
        Add(new MergeCommand(host));

        _inputs.Validators.Add(RefuseOptions);
        _jobs.Validators.Add(given => Demand(given, text => int.TryParse(text, out int jobs) && jobs is > 0 and <= MostJobs, $"a number from 1 to {MostJobs}"));
        _shard.Validators.Add(given => Demand(given, text => Shard.TryParse(text, out _), "I/N, for example 3/10: part 3 of 10"));
        _timeLimit.Validators.Add(given => Demand(given, text => LimitText.Time(text) is not null, "a time, for example 90s or 2m"));
        _memoryLimit.Validators.Add(given => Demand(given, text => LimitText.Size(text) >= LeastMemory, $"a size of {LeastMemory >> 20} MiB or more, for example 500MiB or 2GiB"));
        _images.Validators.Add(given => Demand(given, Directory.Exists, "a folder that is there"));
        SetAction(parsed => (int)new TriageRun(host, OptionsOf(parsed)).Run(parsed.GetValue(_inputs)!));
    }

    private static void Demand(OptionResult given, Func<string, bool> isValid, string wanted)
    {
        foreach (Token token in given.Tokens.Where(token => !isValid(token.Value)))
            given.AddError($"{given.Option.Name} {token.Value}: {wanted} is expected.");
    }

    /// <summary>A word with a dash that is no option would pass for a file.</summary>
    private void RefuseOptions(ArgumentResult inputs)
    {
        string[] names = [.. Options.SelectMany(option => option.Aliases.Prepend(option.Name))];
        foreach (string word in inputs.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word.StartsWith('-')))
            inputs.AddError($"Unknown option '{word}'. The nearest option is {SpellingDistance.Nearest(word, names)}.");
    }

    private TriageOptions OptionsOf(ParseResult parsed)
    {
        // What is no shard was refused before.
        _ = Shard.TryParse(parsed.GetValue(_shard)!, out Shard shard);
        var limits = new WorkerLimits(LimitText.Time(parsed.GetValue(_timeLimit)!)!.Value, LimitText.Size(parsed.GetValue(_memoryLimit)!)!.Value);
        return new TriageOptions(parsed.GetValue(_store)!, parsed.GetValue(_jobs), shard, limits)
        {
            RetryFailed = parsed.GetValue(_retryFailed),
            Full = parsed.GetValue(_full),
            Images = parsed.GetValue(_images),
        };
    }
}
