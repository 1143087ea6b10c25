using System.Collections.Immutable;
using System.Text.Json;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Reports.Json;

/// <summary>How the facts of a subject are written as a JSON object: names and nesting are worked out once, not for each thread.</summary>
/// <typeparam name="T">The subject.</typeparam>
internal sealed class FactObject<T>
{
    private readonly ImmutableArray<Field> _fields;

    /// <summary>Makes it of a table of facts, in which those of a nested object stand together.</summary>
    public FactObject(ImmutableArray<Fact<T>> facts)
        : this(facts, depth: 0)
    {
    }

    /// <param name="facts">The facts of one object.</param>
    /// <param name="depth">Characters of their paths that name the object itself.</param>
    private FactObject(ImmutableArray<Fact<T>> facts, int depth) => _fields =
    [
        .. facts.GroupBy(fact => fact.Path[depth..].Split('.')[0]).Select(field => field.First().Path.Length == depth + field.Key.Length
            ? new Field(JsonEncodedText.Encode(field.Key), field.Single(), null)
            : new Field(JsonEncodedText.Encode(field.Key), null, new([.. field], depth + field.Key.Length + 1))),
    ];

    /// <summary>Writes the object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="subject">What the facts are of.</param>
    /// <param name="more">Writes further members.</param>
    public void Write(Utf8JsonWriter json, T subject, Action? more = null)
    {
        json.WriteStartObject();
        foreach (Field field in _fields)
            Write(json, field, subject);
        more?.Invoke();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Field field, T subject)
    {
        if (field.Fact is { } fact)
        {
            json.WritePropertyName(field.Name);
            FactJson.Write(json, fact.Value(subject));
        }
        else if (field.Nested!.HasAny(subject))
        {
            json.WritePropertyName(field.Name);
            field.Nested.Write(json, subject);
        }
        else if (!field.IsLeftOut)
        {
            json.WriteNull(field.Name);
        }
    }

    private bool HasAny(T subject)
    {
        foreach (Field field in _fields)
        {
            if (field.Nested?.HasAny(subject) ?? field.Fact!.Value(subject) is not null)
                return true;
        }

        return false;
    }

    /// <summary>A fact, or the nested object of several.</summary>
    private sealed class Field(JsonEncodedText name, Fact<T>? fact, FactObject<T>? nested)
    {
        public JsonEncodedText Name => name;

        public Fact<T>? Fact => fact;

        public FactObject<T>? Nested => nested;

        /// <summary>Objects that are left out where they have no facts, as schema 1 has it, by what their facts' paths begin with; the others are null.</summary>
        public bool IsLeftOut { get; } = $"{name.Value}." is "kernel." or "delivery." or "managed." or "wow64.";
    }
}
