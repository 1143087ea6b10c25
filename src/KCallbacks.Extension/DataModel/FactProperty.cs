using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// Facts as properties. Text that is not known is empty: a grid takes its columns from its first row and would leave out those
/// that have no value there.
/// </summary>
internal static class FactProperty
{
    /// <summary>The properties of the facts of <typeparamref name="TSubject"/>, in their order.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="subject">What they are of.</param>
    public static IEnumerable<ModelProperty<T>> Of<T, TSubject>(IEnumerable<Fact<TSubject>> facts, Func<T, TSubject?> subject)
        where TSubject : class => facts
        .Where(fact => fact.Property is not null && fact.Kind != FactKind.List)
        .Select(fact => new ModelProperty<T>(fact.Property!, fact.Meaning, value => ValueOf(fact, subject(value)))
        {
            Radix = fact.Kind == FactKind.Number ? 10u : null,
        });

    private static object? ValueOf<TSubject>(Fact<TSubject> fact, TSubject? subject)
        where TSubject : class
    {
        object? value = subject is null ? null : fact.Value(subject);
        return fact.Kind switch
        {
            FactKind.Words or FactKind.Name => Printable.Of((string?)value ?? ""),
            FactKind.Sentences => value is ImmutableArray<string> sentences ? Printable.Of(string.Join("; ", sentences)) : "",
            FactKind.Numbers => value is ImmutableArray<int> numbers ? string.Join(' ', numbers) : "",
            FactKind.Values => value is ImmutableArray<DeliveredValue> values
                ? string.Join(' ', values.Select(named => string.Create(CultureInfo.InvariantCulture, $"{named.Name} 0x{named.Value:x}")))
                : "",
            _ => value is long number ? (ulong)number : value,
        };
    }
}
