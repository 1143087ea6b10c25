using System.Collections.Immutable;

namespace KCallbacks.Reports.Options;

/// <summary>
/// An option that a user types. The parser and the help of <c>!kcallbacks</c>, the options of <c>@$kernelcallbacks</c> and those of the
/// tool are made from the same tables of these, each of which belongs to the layer that acts on it.
/// </summary>
/// <typeparam name="T">The options it adds to.</typeparam>
/// <param name="Name">As debugger commands write it, with one dash: <c>-t</c>, <c>-json</c>.</param>
/// <param name="LongName">As programs write it, with two dashes: <c>--threads</c>, <c>--json</c>.</param>
/// <param name="Argument">What follows it, for example <c>LIST</c>; null when nothing does.</param>
/// <param name="Help">What it does, in a few words.</param>
/// <param name="Apply">Adds it to the options; throws <see cref="FormatException"/> with the reason when the argument is malformed.</param>
public sealed record CommandOption<T>(string Name, string LongName, string? Argument, string Help, Func<T, string, T> Apply)
{
    /// <summary>A use of it, for example <c>-t 0,3-7</c>; null where nothing follows it.</summary>
    public string? Example { get; init; }

    /// <summary>Other ways in which it is written.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The same option of options that have these as a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="with">The whole with another part.</param>
    public CommandOption<TWhole> Within<TWhole>(Func<TWhole, T> part, Func<TWhole, T, TWhole> with) =>
        new(Name, LongName, Argument, Help, (whole, argument) => with(whole, Apply(part(whole), argument))) { Aliases = Aliases, Example = Example };

    /// <summary>Whether a word names it: case does not matter, nor whether one or two dashes stand before a long name.</summary>
    public bool IsNamed(string word) =>
        Aliases.Append(Name).Append(LongName).Append(LongName[1..]).Contains(word, StringComparer.OrdinalIgnoreCase);
}
