using System.Text.Json;

namespace KCallbacks.Build.Packaging;

/// <summary>A package as a lock file of NuGet pins it.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="ContentHash">NuGet's SHA-512 of its content, base64.</param>
/// <param name="IsDirect">Whether a project asks for it itself.</param>
/// <param name="Dependencies">Ids of the packages it asks for.</param>
internal sealed record LockedPackage(string Name, string Version, string ContentHash, bool IsDirect, IReadOnlyList<string> Dependencies)
{
    /// <summary>Its package URL (github.com/package-url/purl-spec).</summary>
    public string Url => $"pkg:nuget/{Name}@{Version}";

    /// <summary>All packages of a lock file; one that several targets pin comes several times.</summary>
    public static IReadOnlyList<LockedPackage> ReadAll(string lockFile)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return
        [
            .. document.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(package => package.Value.TryGetProperty("resolved", out _))
                .Select(Of),
        ];
    }

    /// <summary>One of the same package by several targets.</summary>
    public static LockedPackage Join(IEnumerable<LockedPackage> same)
    {
        LockedPackage[] all = [.. same];
        return all[0] with { IsDirect = all.Any(one => one.IsDirect), Dependencies = [.. all.SelectMany(one => one.Dependencies).Distinct(StringComparer.OrdinalIgnoreCase)] };
    }

    private static LockedPackage Of(JsonProperty package) => new(
        package.Name,
        package.Value.GetProperty("resolved").GetString()!,
        package.Value.GetProperty("contentHash").GetString()!,
        package.Value.GetProperty("type").GetString() == "Direct",
        package.Value.TryGetProperty("dependencies", out JsonElement dependencies) ? [.. dependencies.EnumerateObject().Select(dependency => dependency.Name)] : []);
}
