using System.Text.Json;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Json;

/// <summary>The documents of a JSON text: one, or one per line. Of a text that was cut off, everything before the cut is there.</summary>
internal sealed class JsonText : IDisposable
{
    private const int MostDepth = 256;

    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = MostDepth,
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<JsonDocument> _documents = [];

    public IEnumerable<JsonElement> Documents => _documents.Select(document => document.RootElement);

    public static JsonText Parse(byte[] json, ProblemLog problems)
    {
        var text = new JsonText();
        int read = text.ReadDocuments(json, out long errorLine);
        if (errorLine == 0)
            return text;

        byte[] closed = CloseCut(json.AsSpan(read));
        bool isRead = text.ReadDocuments(closed, out _) > 0;
        problems.AddError(errorLine, isRead ? "the JSON is cut off here or not valid; what stands before it was read" : "the file is not valid JSON");
        return text;
    }

    public void Dispose() => _documents.ForEach(document => document.Dispose());

    /// <summary>Reads documents up to the end or to an error; gives how many bytes the whole documents have.</summary>
    private int ReadDocuments(byte[] json, out long errorLine)
    {
        var reader = new Utf8JsonReader(json, Options);
        int length = 0;
        errorLine = 0;
        try
        {
            while (reader.Read())
            {
                _documents.Add(JsonDocument.ParseValue(ref reader));
                length = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException exception)
        {
            errorLine = (exception.LineNumber ?? 0) + 1;
        }

        return length;
    }

    /// <summary>The text up to the last value that is whole, with everything closed that is open there.</summary>
    private static byte[] CloseCut(ReadOnlySpan<byte> json)
    {
        var closing = new Stack<byte>();
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(Options));
        int whole = 0;
        byte[] open = [];
        try
        {
            while (reader.Read())
            {
                Note(reader.TokenType, closing);
                if (reader.TokenType is JsonTokenType.PropertyName || closing.Count == 0)
                    continue;
                whole = (int)reader.BytesConsumed;
                open = [.. closing];
            }
        }
        catch (JsonException)
        {
            // What follows is not read; what stands before was.
        }

        return [.. json[..whole], .. open];
    }

    private static void Note(JsonTokenType token, Stack<byte> closing)
    {
        if (token == JsonTokenType.StartObject)
            closing.Push((byte)'}');
        else if (token == JsonTokenType.StartArray)
            closing.Push((byte)']');
        else if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            closing.Pop();
    }
}
