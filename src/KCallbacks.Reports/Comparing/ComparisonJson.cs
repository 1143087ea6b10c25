using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KCallbacks.Detection.Hangs;

namespace KCallbacks.Reports.Comparing;

/// <summary>A comparison for programs: one JSON object on one line (docs/json.md).</summary>
public static class ComparisonJson
{
    /// <summary>The object.</summary>
    public static string Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
            Write(json, comparison);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        json.WriteString("before", comparison.Before.Source.Path);
        json.WriteString("after", comparison.After.Source.Path);
        WriteNumber(json, "secondsBetween", comparison.Between?.TotalSeconds);
        json.WriteStartObject("result");
        json.WriteString("state", DisplayText.Of(comparison.State));
        json.WriteString("proof", comparison.State != HangState.Stuck || comparison.IsCertain ? "certain" : "likely");
        json.WriteString("text", ComparisonText.SentenceOf(comparison));
        json.WriteEndObject();
        json.WriteStartArray("threads");
        foreach (ComparedThread thread in comparison.Threads)
            Write(json, thread);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ComparedThread thread)
    {
        HangThread any = thread.After ?? thread.Before!;
        json.WriteStartObject();
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
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
