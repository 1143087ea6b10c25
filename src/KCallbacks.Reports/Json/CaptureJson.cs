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

        JsonCapture head = new(
            FactJson.Cut(capture.Program),
            FactJson.Cut(capture.CommandLine),
            capture.ProcessId,
            TimeOf(capture.Started),
            TimeOf(capture.Made),
            capture.Windows,
            capture.Exception is { } exception ? new(Hexadecimal(exception.Code, 8), Hexadecimal(exception.Address, 16), exception.SystemId) : null,
            capture.Memory,
            [.. capture.Lacks]);
        string text = JsonSerializer.Serialize(head, ReportJsonContext.Default.JsonCapture);
        yield return $",\"capture\":{text[..^1]},\"modules\":[";
        for (int i = 0; i < capture.Modules.Length; i++)
            yield return JsonSerializer.Serialize(Of(capture.Modules[i]), ReportJsonContext.Default.JsonModule) + (i < capture.Modules.Length - 1 ? "," : "");
        yield return "]}}";
    }

    private static JsonModule Of(CapturedModule module) => new(
        FactJson.Cut(module.Name)!,
        Hexadecimal(module.Base, 16),
        module.Size,
        Hexadecimal(module.TimeDateStamp, 8),
        module.Version,
        FactJson.Cut(module.Pdb),
        module.PdbId);

    private static string? TimeOf(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Hexadecimal(ulong value, int digits) => "0x" + value.ToString($"x{digits}", CultureInfo.InvariantCulture);
}
