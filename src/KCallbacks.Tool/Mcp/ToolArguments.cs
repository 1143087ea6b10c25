using System.Text.Json;

namespace KCallbacks.Tool.Mcp;

/// <summary>The arguments of a call, which may be anything.</summary>
internal sealed class ToolArguments
{
    private readonly IDictionary<string, JsonElement> _given;

    /// <summary>Takes them.</summary>
    /// <param name="given">As the client sent them.</param>
    /// <param name="schema">What the tool takes.</param>
    /// <exception cref="ToolException">One is not known, or one that is needed is not there.</exception>
    public ToolArguments(IDictionary<string, JsonElement>? given, JsonElement schema)
    {
        _given = given ?? new Dictionary<string, JsonElement>();
        string[] known = [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        if (_given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new ToolException($"there is no argument '{BoundedJson.Harmless(unknown)}'; there are: {string.Join(", ", known)}");
        if (schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !_given.ContainsKey(name)) is { } missing)
            throw new ToolException($"the argument '{missing}' is needed");
    }

    /// <summary>A text; null where it is not given.</summary>
    /// <exception cref="ToolException">It is no text.</exception>
    public string? Text(string name) => _given.TryGetValue(name, out JsonElement value) ? TextOf(value, name) : null;

    /// <summary>Several texts; none where it is not given.</summary>
    /// <exception cref="ToolException">It is no array of texts, or has too few or many.</exception>
    public string[] Texts(string name, int fewest, int most) => [.. Items(name, fewest, most).Select(item => TextOf(item, name))];

    /// <summary>Several whole numbers; none where it is not given.</summary>
    /// <exception cref="ToolException">It is no array of such, or has too many.</exception>
    public int[] Numbers(string name, int most) => [.. Items(name, 0, most).Select(item => NumberOf(item, name))];

    /// <summary>Yes or no; no where it is not given.</summary>
    /// <exception cref="ToolException">It is neither.</exception>
    public bool Flag(string name) => _given.TryGetValue(name, out JsonElement value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new ToolException($"'{name}' must be true or false"));

    /// <summary>A whole number.</summary>
    /// <exception cref="ToolException">It is none, or is out of range.</exception>
    public int Number(string name, int usual, int least, int most)
    {
        if (!_given.TryGetValue(name, out JsonElement value))
            return usual;
        int number = NumberOf(value, name);
        return number >= least && number <= most ? number : throw new ToolException($"'{name}' must be between {least} and {most}");
    }

    private JsonElement[] Items(string name, int fewest, int most)
    {
        if (!_given.TryGetValue(name, out JsonElement value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw new ToolException($"'{name}' must be an array");
        int count = value.GetArrayLength();
        return count >= fewest && count <= most ? [.. value.EnumerateArray()] : throw new ToolException($"'{name}' must have {fewest} to {most} items");
    }

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ToolException($"'{name}' must be text");

    private static int NumberOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw new ToolException($"'{name}' must be a whole number");
}
