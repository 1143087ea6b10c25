using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>Reads what a JSON report says of the capture that it was made from.</summary>
internal static class CaptureReader
{
    /// <summary>The capture.</summary>
    public static Capture Read(JsonElement json) => new()
    {
        Program = json.Text("program"),
        CommandLine = json.Text("commandLine"),
        ProcessId = json.Id("processId"),
        Machine = json.Text("machine"),
        Started = json.Time("started"),
        Made = json.Time("made"),
        Windows = json.Text("windows"),
        Exception = json.Object("exception") is { } exception
            ? new CapturedException((uint)(exception.Address("code") ?? 0), exception.Address("address") ?? 0, exception.Id("systemId") ?? 0)
            : null,
        Memory = json.Text("memory"),
        Lacks = [.. json.Texts("lacks")],
        Modules = [.. json.List("modules").Select(ModuleOf)],
    };

    private static CapturedModule ModuleOf(JsonElement json) => new(
        json.Text("name") ?? "",
        json.Address("base") ?? 0,
        json.Id("size") ?? 0,
        (uint)(json.Address("timeDateStamp") ?? 0),
        json.Text("version"),
        json.Text("pdb"),
        json.Text("pdbId"));
}
