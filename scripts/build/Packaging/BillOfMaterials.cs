using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KCallbacks.Build.Packaging;

/// <summary>What a release is made of besides its own source: the packages in the lock files, as CycloneDX 1.6 says it.</summary>
/// <param name="Version">The release's version.</param>
/// <param name="LockFiles">Lock files of the projects that are released.</param>
internal sealed record BillOfMaterials(Version Version, IReadOnlyList<string> LockFiles)
{
    /// <summary>Writes it.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the file. The same lock files give the same bytes.</returns>
    public string WriteTo(string folder)
    {
        string path = Path.Combine(folder, $"kcallbacks-{Version.ToString(3)}.cdx.json");
        File.WriteAllText(path, Document().ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    private JsonObject Document()
    {
        LockedPackage[] packages = [.. LockFiles.SelectMany(LockedPackage.ReadAll).GroupBy(package => package.Url, StringComparer.Ordinal).Select(LockedPackage.Join).OrderBy(package => package.Url, StringComparer.Ordinal)];
        var urls = packages.ToDictionary(package => package.Name, package => package.Url, StringComparer.OrdinalIgnoreCase);
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = "kcallbacks", ["name"] = "kcallbacks", ["version"] = Version.ToString(3) },
            },
            ["components"] = new JsonArray([.. packages.Select(Component)]),
            ["dependencies"] = new JsonArray(
            [
                Dependency("kcallbacks", packages.Where(package => package.IsDirect).Select(package => package.Url)),
                .. packages.Select(package => Dependency(package.Url, package.Dependencies.Where(urls.ContainsKey).Select(name => urls[name]))),
            ]),
        };
    }

    private static JsonObject Component(LockedPackage package) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = package.Url,
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["purl"] = package.Url,
        ["properties"] = new JsonArray(new JsonObject { ["name"] = "nuget:contentHash", ["value"] = package.ContentHash }),
    };

    private static JsonObject Dependency(string of, IEnumerable<string> on) => new()
    {
        ["ref"] = of,
        ["dependsOn"] = new JsonArray([.. on.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(url => JsonValue.Create(url))]),
    };
}
