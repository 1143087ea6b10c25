using System.CommandLine;
using KCallbacks.Reports;

namespace KCallbacks.Tool.Guide;

/// <summary>The manual page (man(7)), from what the help says.</summary>
internal static class ManualPage
{
    /// <summary>The page.</summary>
    public static IEnumerable<string> Lines(Command root)
    {
        yield return $".TH KCALLBACKS 1 \"\" \"kcallbacks {Product.Version.Split('+')[0]}\"";
        yield return ".SH NAME";
        yield return @"kcallbacks \- what hangs a Windows program";
        yield return ".SH SYNOPSIS";
        foreach (Command command in CommandName.Below(root))
        {
            yield return $".B kcallbacks {CommandName.Of(command)}";
            yield return Escaped($"{(command.Options.Count > 0 ? "[OPTION...] " : "")}{string.Join(' ', command.Arguments.Select(Placeholder))}");
            yield return ".br";
        }

        yield return ".SH DESCRIPTION";
        yield return Escaped(root.Description ?? "");
        yield return ".SH COMMANDS";
        foreach (string line in CommandName.Below(root).SelectMany(command => Describe(command, root)))
            yield return line;
        yield return ".SH ENVIRONMENT";
        yield return ".TP";
        yield return ".B NO_COLOR";
        yield return "No colours, unless \\-\\-color always is given.";
        yield return ".SH EXAMPLES";
        foreach (Example example in CommandName.Below(root).SelectMany(command => Example.Of(CommandName.Of(command))))
        {
            yield return ".TP";
            yield return $".B {Escaped(example.Line)}";
            yield return Escaped(example.Meaning);
        }
    }

    private static IEnumerable<string> Describe(Command command, Command root)
    {
        yield return $".SS {CommandName.Of(command)}";
        yield return Escaped(command.Description ?? "");
        foreach (Argument argument in command.Arguments)
        {
            yield return ".TP";
            yield return $".I {Escaped(argument.Name)}";
            yield return Escaped(argument.Description ?? "");
        }

        foreach (Word word in Word.Of(command, root))
        {
            yield return ".TP";
            yield return $".B {Escaped(string.Join(", ", word.Names) + (word.Argument is null ? "" : $" {word.Argument}"))}";
            yield return Escaped(word.Meaning);
        }
    }

    private static string Placeholder(Argument argument) =>
        argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}]" : argument.Name;

    /// <summary>A backslash, a dash and a dot at a line's start have a meaning there.</summary>
    private static string Escaped(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? @"\&" + escaped : escaped;
    }
}
