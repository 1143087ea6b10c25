using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using KCallbacks.Reports;
using KCallbacks.Triage.Buckets;
using KCallbacks.Triage.Store;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks triage report STORE...</c>: the top hangs of stores, and what is new.</summary>
internal sealed class ReportCommand : Command
{
    private const int FewBuckets = 20;

    private readonly Argument<string[]> _stores = new("STORE") { Description = "The stores; an input that several have counts once.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _since = new("--since") { Description = "Only hangs from then on: a day, a time of UTC, or 7d for the last seven days.", HelpName = "TIME" };

    private readonly Option<string> _until = new("--until") { Description = "Only hangs before then.", HelpName = "TIME" };

    private readonly Option<string> _compare = new("--compare")
    {
        Description = "Say what is new, grown and gone against the period that begins then and ends at --since. Without TIME it is as long as this one; without --since this one is the last seven days.",
        HelpName = "TIME",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _by = new("--by") { Description = $"What is counted together: {string.Join(", ", BucketWords.Keys)}.", HelpName = "KEY", DefaultValueFactory = _ => BucketWords.Keys[0] };

    private readonly Option<int> _top = new("--top") { Description = "How many are listed; 0 for all.", HelpName = "N", DefaultValueFactory = _ => FewBuckets };

    private readonly Option<string> _html = new("--html") { Description = "Write the report as one page to a file.", HelpName = "FILE" };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object (docs/store.md)." };

    private readonly Option<bool> _csv = new("--csv") { Description = "Print a line per bucket for a spreadsheet." };

    private readonly ToolHost _host;

    /// <summary>The command, ready to be invoked.</summary>
    public ReportCommand(ToolHost host)
        : base("report", "Says what hangs most in stores, on how many machines, since when, and what is new. Exit code: 0 reported, 2 wrong options, or a store that cannot be read.")
    {
        _host = host;
        Add(_stores);
        foreach (Option option in (Option[])[_since, _until, _compare, _by, _top, _html, _json, _csv])
            Add(option);
        foreach (Option option in (Option[])[_since, _until, _compare])
            option.Validators.Add(DemandTime);
        _by.AcceptOnlyFromAmong([.. BucketWords.Keys]);
        _top.Validators.Add(given => { if (given.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))) given.AddError("--top: a number is expected, 0 for all."); });
        Validators.Add(DemandOneForm);
        SetAction(parsed => (int)Run(parsed));
    }

    private void DemandTime(OptionResult given)
    {
        foreach (Token token in given.Tokens.Where(token => PeriodText.Time(token.Value, _host.Clock) is null))
            given.AddError($"{given.Option.Name} {token.Value}: a time is expected, for example 2026-11-20, 2026-11-20T08:00 or 7d.");
    }

    private void DemandOneForm(CommandResult command)
    {
        if (command.GetResult(_json) is { Implicit: false } && command.GetResult(_csv) is { Implicit: false })
            command.AddError("--json and --csv are two forms; name one.");
    }

    private ExitCode Run(ParseResult parsed)
    {
        StoreFolder[] stores = [.. parsed.GetValue(_stores)!.Select(StoreFolder.Open)];
        BucketQuery query = PeriodOf(parsed).QueryBy(BucketWords.KeyOf(parsed.GetValue(_by)!), _host.Clock);
        BucketReport report = BucketReport.Of(stores, query);
        int top = parsed.GetValue(_top);
        if (parsed.GetValue(_html) is { } path)
            WritePage(path, report, top);
        if (parsed.GetValue(_json))
            _host.Output.WriteLine(BucketJson.Of(report, top));
        else if (parsed.GetValue(_csv))
            Print(BucketCsv.Lines(report, top));
        else if (parsed.GetValue(_html) is null)
            Print(BucketText.Lines(report, top));
        return ExitCode.Fine;
    }

    private ReportPeriod PeriodOf(ParseResult parsed)
    {
        return new ReportPeriod(Time(_since), Time(_until)) { IsCompared = parsed.GetResult(_compare) is { Implicit: false }, ComparedSince = Time(_compare) };

        DateTime? Time(Option<string> option) => parsed.GetValue(option) is { } text ? PeriodText.Time(text, _host.Clock) : null;
    }

    private void Print(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            _host.Output.WriteLine(line);
    }

    private static void WritePage(string path, BucketReport report, int top) => OutputFile.Replace(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in BucketPage.Lines(report, top))
            writer.WriteLine(line);
    });
}
