using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Json;

namespace KCallbacks.Reports.Comparing;

/// <summary>A comparison for programs: one JSON object (docs/json.md).</summary>
public static class ComparisonJson
{
    private const int SchemaVersion = 1;

    /// <summary>The object on one line.</summary>
    public static string Of(Comparison comparison) => string.Concat(Lines(comparison));

    /// <summary>The object with a thread on each line, as the debug engine can print it.</summary>
    public static IEnumerable<string> Lines(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        yield return Text(json => WriteHead(json, comparison))[..^1] + ",\"threads\":[";
        for (int i = 0; i < comparison.Threads.Length; i++)
            yield return Text(json => Write(json, comparison.Threads[i])) + (i < comparison.Threads.Length - 1 ? "," : "");
        yield return "]}";
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteHead(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteNumber("schema", SchemaVersion);
        json.WriteString("before", FactJson.Cut(comparison.Before.Source.Path));
        json.WriteString("after", FactJson.Cut(comparison.After.Source.Path));
        WriteNumber(json, "secondsBetween", comparison.Between?.TotalSeconds);
        json.WriteStartObject("result");
        json.WriteString("state", DisplayText.Of(comparison.State));
        json.WriteString("proof", comparison.State != HangState.Stuck || comparison.IsCertain ? "certain" : "likely");
        json.WriteString("text", FactJson.Cut(ComparisonText.SentenceOf(comparison)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ComparedThread thread)
    {
        HangThread any = thread.After ?? thread.Before!;
        WriteNumber(json, "systemId", any.Finding.Thread.SystemId);
        WriteNumber(json, "positionBefore", thread.Before?.Position);
        WriteNumber(json, "positionAfter", thread.After?.Position);
        json.WriteString("change", thread.Change switch
        {
            Change.Same => "same",
            Change.LikelySame => "likely-same",
            Change.Unknown => "unknown",
            Change.Moved => "moved",
            Change.Came => "came",
            Change.Went => "went",
            _ => "quiet",
        });
        json.WriteBoolean("uiThread", any.IsUiThread);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
