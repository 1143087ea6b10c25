using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KCallbacks.ReportModel.Tests;

/// <summary>The published shape of a report, held against the records.</summary>
[TestClass]
public sealed class SchemaTests
{
    [TestMethod]
    public void Every_field_of_the_schema_is_in_the_records()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kcallbacks.schema.json")));
        List<string> missing = [];
        HashSet<(string, Type)> seen = [];

        Walk(schema.RootElement, typeof(CallbackReport), "report");

        Assert.IsEmpty(missing, $"docs/kcallbacks.schema.json has fields that the records lack: {string.Join(", ", missing)}");
        Assert.IsGreaterThan(20, seen.Count);

        void Walk(JsonElement shape, Type type, string place)
        {
            if (shape.ValueKind != JsonValueKind.Object || !seen.Add((shape.GetRawText(), type)))
                return;
            if (shape.TryGetProperty("$ref", out JsonElement reference))
                Walk(schema.RootElement.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]), type, place);
            foreach (string choice in (string[])["anyOf", "oneOf", "allOf"])
            {
                if (shape.TryGetProperty(choice, out JsonElement choices))
                    choices.EnumerateArray().ToList().ForEach(one => Walk(one, type, place));
            }

            if (shape.TryGetProperty("items", out JsonElement items))
                Walk(items, ElementOf(type), place);
            if (!shape.TryGetProperty("properties", out JsonElement properties) || typeof(IDictionary).IsAssignableFrom(type))
                return;
            JsonTypeInfo record = ReportJson.Default.GetTypeInfo(type) ?? throw new AssertFailedException($"{place} is an object, and {type.Name} is no record.");
            foreach (JsonProperty field in properties.EnumerateObject())
            {
                if (record.Properties.FirstOrDefault(property => property.Name == field.Name) is { } property)
                    Walk(field.Value, property.PropertyType, $"{place}.{field.Name}");
                else
                    missing.Add($"{place}.{field.Name}");
            }
        }
    }

    private static Type ElementOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;
}
