using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Reports.Command;

namespace KCallbacks.Extension.DataModel;

/// <summary>The options of <c>@$kernelcallbacks</c>: those of the command that select threads.</summary>
internal static class ViewOptions
{
    /// <summary>Reads the arguments of the function.</summary>
    /// <exception cref="CommandSyntaxException">They are no options of the command.</exception>
    /// <exception cref="ModelErrorException">They are options that print or write, or no text.</exception>
    public static CommandOptions Parse(ImmutableArray<ModelObject> arguments)
    {
        if (arguments.IsEmpty)
            return new CommandOptions();
        if (arguments.Length > 1 || !arguments[0].TryGetText(out string text).Succeeded)
            throw Malformed("One text with options is expected");
        CommandOptions options = CommandOptions.Parse(text);
        return options == SelectingPartOf(options) ? options : throw Malformed($"'{text}' has options that do not select threads");
    }

    private static CommandOptions SelectingPartOf(CommandOptions options) => new()
    {
        All = options.All,
        Threads = options.Threads,
        Pattern = options.Pattern,
        MinDepth = options.MinDepth,
        AtReturnOnly = options.AtReturnOnly,
        Invert = options.Invert,
        Walk = options.Walk,
    };

    private static ModelErrorException Malformed(string what) =>
        new(HResult.InvalidArgument, $"{what}. Use -a, -t, -m, -d, -r, -i or -walk, for example @$kernelcallbacks(\"-d 2\").");
}
