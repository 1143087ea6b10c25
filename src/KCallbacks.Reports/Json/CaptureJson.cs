using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Json;

/// <summary>What a capture says of itself, as JSON.</summary>
internal static class CaptureJson
{
    /// <summary>The last member of a report, and its end, on several lines: one per module. Nothing where there is no capture.</summary>
    public static IEnumerable<string> Lines(Capture? capture)
    {
        if (capture is null)
        {
            yield break;
        }

        yield return $",\"capture\":{JsonText.Of(json => WriteHead(json, capture))[..^1]},\"modules\":[";
        for (int i = 0; i < capture.Modules.Length; i++)
            yield return JsonText.Of(json => Write(json, capture.Modules[i])) + (i < capture.Modules.Length - 1 ? "," : "");
        yield return "]}}";
    }

    private static void WriteHead(Utf8JsonWriter json, Capture capture)
    {
        json.WriteStartObject();
        json.WriteString("program", FactJson.Cut(capture.Program));
        json.WriteString("commandLine", FactJson.Cut(capture.CommandLine));
        WriteNumber(json, "processId", capture.ProcessId);
        if (capture.Machine is { } machine)
            json.WriteString("machine", FactJson.Cut(machine));
        json.WriteString("started", TimeOf(capture.Started));
        json.WriteString("made", TimeOf(capture.Made));
        json.WriteString("windows", capture.Windows);
        if (capture.Exception is { } exception)
            Write(json, exception);
        else
            json.WriteNull("exception");
        json.WriteString("memory", capture.Memory);
        json.WriteStartArray("lacks");
        foreach (string lack in capture.Lacks)
            json.WriteStringValue(lack);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CapturedException exception)
    {
        json.WriteStartObject("exception");
        json.WriteString("code", Hexadecimal(exception.Code, 8));
        json.WriteString("address", Hexadecimal(exception.Address, 16));
        json.WriteNumber("systemId", exception.SystemId);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CapturedModule module)
    {
        json.WriteStartObject();
        json.WriteString("name", FactJson.Cut(module.Name));
        json.WriteString("base", Hexadecimal(module.Base, 16));
        json.WriteNumber("size", module.Size);
        json.WriteString("timeDateStamp", Hexadecimal(module.TimeDateStamp, 8));
        json.WriteString("version", module.Version);
        json.WriteString("pdb", FactJson.Cut(module.Pdb));
        json.WriteString("pdbId", module.PdbId);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, uint? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static string? TimeOf(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Hexadecimal(ulong value, int digits) => "0x" + value.ToString($"x{digits}", CultureInfo.InvariantCulture);
}
