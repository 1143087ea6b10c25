using System.Text.Json;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;

namespace KCallbacks.Engine.Tests.Kernel;

/// <summary>What the command prints as JSON in a kernel session.</summary>
internal static class KernelReport
{
    /// <summary>Opens a generated kernel dump by name.</summary>
    public static (KernelDump Dump, EngineProcess Engine) Open(string name) => GeneratedSession.Open(KernelCases.All.Single(plan => plan.Name == name));

    /// <summary>Runs the command.</summary>
    public static JsonElement Of(EngineProcess engine, string options)
    {
        string output = engine.Run($"!kcallbacks -json {options}");
        return JsonDocument.Parse(output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..]).RootElement;
    }

    /// <summary>Its threads by the address of their ETHREAD.</summary>
    public static Dictionary<string, JsonElement> ByAddress(JsonElement report) =>
        report.GetProperty("threads").EnumerateArray().ToDictionary(thread => thread.GetProperty("kernel").GetProperty("address").GetString()!);
}
