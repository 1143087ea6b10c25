using System.CommandLine;
using System.Globalization;
using KCallbacks.Triage.Store;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks triage merge STORE... --store OUT</c>: joins stores.</summary>
internal sealed class MergeCommand : Command
{
    private readonly Argument<string[]> _stores = new("STORE") { Description = "The stores to join; they stay as they are.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _target = new("--store") { Description = "The store that gets all rows; those that it has stay.", HelpName = "OUT", Required = true };

    private readonly ToolHost _host;

    /// <summary>The command, ready to be invoked.</summary>
    public MergeCommand(ToolHost host)
        : base("merge", "Joins stores into one with one row per input, the same whatever their order. Exit code: 0 joined, 2 nothing was changed.")
    {
        _host = host;
        Add(_stores);
        Add(_target);
        SetAction(parsed => (int)Run(parsed.GetValue(_stores)!, parsed.GetValue(_target)!));
    }

    private ExitCode Run(string[] stores, string target)
    {
        StoreFolder[] sources = [.. stores.Select(StoreFolder.Open)];
        (long rows, long doubled) = StoreMerge.Join(sources, StoreFolder.Create(target));
        _host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {rows:N0} rows; {doubled:N0} more were of the same inputs."));
        return ExitCode.Fine;
    }
}
