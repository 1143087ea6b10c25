using System.Reflection;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace KCallbacks.Tool.Mcp;

/// <summary>One question that clients may ask. What it takes and gives is in <c>Schemas/NAME.json</c>.</summary>
/// <param name="Name">Its name in the protocol.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it answers, for the client.</param>
/// <param name="Answer">Answers; of that the client gets what the schema names, as far as there is room.</param>
internal sealed record ServedTool(string Name, string Title, string Description, Func<ToolArguments, ToolAnswer> Answer)
{
    private readonly Lazy<JsonElement> _schemas = new(() => Read(Name));

    /// <summary>The JSON schema of the arguments.</summary>
    public JsonElement Input => _schemas.Value.GetProperty("input");

    /// <summary>The JSON schema of the answer.</summary>
    public JsonElement Output => _schemas.Value.GetProperty("output");

    /// <summary>The tool as clients see it: it changes nothing, and reads nothing but files.</summary>
    public ModelContextProtocol.Protocol.Tool ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Input,
        OutputSchema = Output,
        Annotations = new ToolAnnotations { Title = Title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    private static JsonElement Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"KCallbacks.Tool.Mcp.Schemas.{name}.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
