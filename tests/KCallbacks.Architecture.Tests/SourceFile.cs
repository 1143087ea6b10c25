using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KCallbacks.Architecture.Tests;

/// <summary>A C# file of the repository.</summary>
/// <param name="Path">Its path from the repository's folder, with slashes.</param>
/// <param name="Project">The project it is compiled into; null for a file that several test projects share.</param>
/// <param name="Tree">What stands in it.</param>
internal sealed record SourceFile(string Path, SourceProject? Project, SyntaxTree Tree)
{
    /// <summary>Its folder inside the project, with slashes; empty for the project's own.</summary>
    public string Folder { get; } = System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/')[(Project?.Folder.Length ?? 0)..].Trim('/');

    /// <summary>The file's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The namespaces it declares.</summary>
    public IEnumerable<string> Namespaces =>
        Tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(declared => declared.Name.ToString());

    /// <summary>The types it declares that are not inside others.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> Types =>
        Tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not BaseTypeDeclarationSyntax);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
