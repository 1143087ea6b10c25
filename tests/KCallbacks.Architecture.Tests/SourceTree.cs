using Microsoft.CodeAnalysis.CSharp;

namespace KCallbacks.Architecture.Tests;

/// <summary>The C# files of the repository.</summary>
internal static class SourceTree
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files of <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = Read("src");

    /// <summary>The files of <c>tests</c>.</summary>
    public static IReadOnlyList<SourceFile> Tests { get; } = Read("tests");

    private static SourceFile[] Read(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, SourceProject.Of(path), CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root, path)), path: path))),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DbgExt.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("DbgExt.sln was not found above the test's folder.");
        return folder.FullName;
    }
}
