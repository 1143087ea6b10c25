using System.Text.Json;

namespace KCallbacks.ReportModel;

/// <summary>Reads reports.</summary>
public static class ReportReader
{
    /// <summary>With what a report begins: its first member is the version of its shape.</summary>
    private const string Beginning = "{\"schema\":";

    /// <summary>Reads one report.</summary>
    /// <param name="json">The whole object, on one line or on many.</param>
    /// <exception cref="ReportFormatException">It is none, or of a shape that is not known.</exception>
    public static CallbackReport Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        CallbackReport report = Parse(json);
        return report.Schema == CallbackReport.KnownSchema
            ? report
            : throw new ReportFormatException($"The report is of schema {report.Schema}, and only schema {CallbackReport.KnownSchema} is known here. Use the same version of kcallbacks on both sides.");
    }

    /// <summary>Reads the report in the output of a debugger, which may have printed lines of its own before and after it.</summary>
    /// <exception cref="ReportFormatException">There is none in it; the message has the beginning of what is there instead.</exception>
    public static CallbackReport ReadOutput(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        int start = output.IndexOf(Beginning, StringComparison.Ordinal);
        if (start < 0)
            throw new ReportFormatException(output.AsSpan().Trim().IsEmpty ? "The debugger printed nothing." : $"The debugger printed no report but: {Shown(output)}");
        int end = output.LastIndexOf('}');
        return Read(output[start..(end > start ? end + 1 : output.Length)]);
    }

    private static CallbackReport Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReportJson.Default.CallbackReport) ?? throw new ReportFormatException("The report is empty: null.");
        }
        catch (JsonException wrong)
        {
            throw new ReportFormatException($"The report cannot be read at {wrong.Path ?? "its beginning"}, line {wrong.LineNumber + 1}: {wrong.Message}", wrong);
        }
    }

    /// <summary>As much as a message has room for.</summary>
    private static string Shown(string output)
    {
        const int most = 300;
        string text = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : text[..most] + "...";
    }
}
