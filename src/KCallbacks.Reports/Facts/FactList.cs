using System.Collections.Immutable;

namespace KCallbacks.Reports.Facts;

/// <summary>The value of a fact that holds objects, each with facts of its own.</summary>
/// <param name="Summary">All of them in a line, for views that show no objects within objects.</param>
/// <param name="Items">The facts of each.</param>
internal sealed record FactList(string Summary, ImmutableArray<ImmutableArray<NamedFact>> Items)
{
    /// <summary>A list of subjects with their facts.</summary>
    public static FactList Of<T>(IEnumerable<T> subjects, ImmutableArray<Fact<T>> facts, Func<T, string> summary)
    {
        T[] all = [.. subjects];
        return new(string.Join("; ", all.Select(summary)), [.. all.Select(subject => NamedFact.Of(subject, facts))]);
    }
}

/// <summary>A fact with its value.</summary>
/// <param name="Path">Place in the JSON object.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Value">The value; null when it is not known or does not apply.</param>
internal readonly record struct NamedFact(string Path, FactKind Kind, object? Value)
{
    /// <summary>All facts of a subject.</summary>
    public static ImmutableArray<NamedFact> Of<T>(T subject, ImmutableArray<Fact<T>> facts) =>
        [.. facts.Select(fact => new NamedFact(fact.Path, fact.Kind, fact.Value(subject)))];
}
