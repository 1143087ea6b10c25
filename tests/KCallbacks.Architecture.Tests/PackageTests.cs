using System.Text.Json;

namespace KCallbacks.Architecture.Tests;

/// <summary>Lock files say what a project restores, also what packages drag in.</summary>
[TestClass]
public sealed class PackageTests
{
    /// <summary>All packages of the product. What is added here goes into the tool or the extension: say so in the change that adds it.</summary>
    private static readonly string[] Known =
    [
        "Microsoft.Diagnostics.Runtime", "System.CommandLine",
        // The Model Context Protocol, and the contracts that it drags in.
        "ModelContextProtocol.Core", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
    ];

    /// <summary>What the SDK itself brings for native code.</summary>
    private static readonly string[] OfTheSdk = ["Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks"];

    [TestMethod]
    public void The_product_restores_no_package_that_nobody_asked_for()
    {
        string[] locks = Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "packages.lock.json", SearchOption.AllDirectories);
        Assert.IsNotEmpty(locks);

        string[] unknown =
        [
            .. from file in locks
               from package in PackagesIn(file)
               where !Known.Contains(package) && !OfTheSdk.Contains(package) && !package.StartsWith("runtime.", StringComparison.Ordinal)
               select $"{Path.GetRelativePath(SourceTree.Root, file)}: {package}",
        ];

        Assert.IsEmpty(unknown, string.Join('\n', unknown));
    }

    private static IEnumerable<string> PackagesIn(string lockFile)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(lockFile));
        return
        [
            .. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.GetProperty("type").GetString() != "Project"
               select package.Name,
        ];
    }
}
