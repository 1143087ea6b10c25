using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KCallbacks.Reports.Tests;

/// <summary>
/// Checks JSON against the part of JSON Schema that docs/kcallbacks.schema.json uses. A keyword it does not know is an error,
/// so that no part of the schema goes unchecked. Unlike the schema, which must allow fields to come, it takes a field that the schema
/// does not name for an error.
/// </summary>
internal sealed class JsonSchema(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];

    public static JsonSchema Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    /// <summary>What is wrong, each with its place; empty when the value is valid.</summary>
    public IReadOnlyList<string> Errors(JsonNode? value) => [.. Check(root, value, "$")];

    private IEnumerable<string> Check(JsonObject schema, JsonNode? value, string place) =>
        schema.Where(keyword => !Annotations.Contains(keyword.Key))
            .SelectMany(keyword => CheckKeyword(keyword.Key, keyword.Value!, value, place));

    private IEnumerable<string> CheckKeyword(string keyword, JsonNode rule, JsonNode? value, string place) => keyword switch
    {
        "$ref" => Check(Resolve(rule.GetValue<string>()), value, place),
        "const" => Unless(JsonNode.DeepEquals(rule, value), $"{place} must be {rule}"),
        "enum" => Unless(rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), $"{place} must be one of {rule.ToJsonString()}"),
        "type" => Unless(TypesOf(rule).Any(type => IsOfType(value, type)), $"{place} must be of type {rule.ToJsonString()}"),
        "minimum" => Unless(!IsOfType(value, "integer") || value!.GetValue<long>() >= rule.GetValue<long>(), $"{place} must be at least {rule}"),
        "pattern" => Unless(!IsOfType(value, "string") || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>()), $"{place} must match {rule}"),
        "maxLength" => Unless(!IsOfType(value, "string") || value!.GetValue<string>().Length <= rule.GetValue<int>(), $"{place} must have at most {rule} characters"),
        "maxItems" => Unless(value is not JsonArray many || many.Count <= rule.GetValue<int>(), $"{place} must have at most {rule} items"),
        "required" => value is JsonObject o ? rule.AsArray().Where(name => !o.ContainsKey(name!.GetValue<string>())).Select(name => $"{place}.{name} is missing") : [],
        "properties" => value is JsonObject o ? o.SelectMany(p => rule[p.Key] is JsonObject known ? Check(known, p.Value, $"{place}.{p.Key}") : [$"{place}.{p.Key} is not in the schema"]) : [],
        "additionalProperties" => value is JsonObject o ? o.SelectMany(p => Check(rule.AsObject(), p.Value, $"{place}.{p.Key}")) : [],
        "items" => value is JsonArray items ? items.SelectMany((item, i) => Check(rule.AsObject(), item, $"{place}[{i}]")) : [],
        "oneOf" => Unless(rule.AsArray().Count(choice => !Check(choice!.AsObject(), value, place).Any()) == 1, $"{place} must be exactly one of {rule.ToJsonString()}"),
        _ => throw new NotSupportedException($"The schema uses '{keyword}', which this check does not know."),
    };

    private JsonObject Resolve(string reference) => root["$defs"]![reference["#/$defs/".Length..]]!.AsObject();

    private static IEnumerable<string> TypesOf(JsonNode rule) => rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static bool IsOfType(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
        _ => throw new NotSupportedException($"The schema uses type '{type}', which this check does not know."),
    };

    private static IEnumerable<string> Unless(bool isRight, string error) => isRight ? [] : [error];
}
