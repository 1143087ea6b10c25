using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KCallbacks.Architecture.Tests;

/// <summary>
/// Which file names which type of ours: all of <c>src</c> and the engine's host, compiled as one so that a name means what it means to
/// the compiler. What source generators add is missing, and with it nothing that anybody names.
/// </summary>
internal static class NamedTypes
{
    private static readonly ImmutableArray<SourceFile> Files =
        [.. SourceTree.Product, .. SourceTree.Tests.Where(file => file.Path.StartsWith("tests/host/", StringComparison.Ordinal))];

    private static readonly Dictionary<SyntaxTree, SourceFile> FileOfTree = Files.ToDictionary(file => file.Tree);
    private static readonly CSharpCompilation Together = Compile();

    /// <summary>Made when it is first asked for: threads that work for a type's own initialiser would wait for it for ever.</summary>
    private static readonly Lazy<ImmutableArray<NamedType>> Named = new(
        () => [.. Files.AsParallel().AsOrdered().SelectMany(file => In(file).DistinctBy(named => (named.Type, named.Name)))]);

    /// <summary>Every place where a file names a type, or a member of a type, that another file declares.</summary>
    public static ImmutableArray<NamedType> All => Named.Value;

    /// <summary>The types of <c>src</c> that are not inside others.</summary>
    public static IEnumerable<(SourceFile File, INamedTypeSymbol Type)> Declared =>
        SourceTree.Product.SelectMany(file => file.Types.Select(type => (file, Together.GetSemanticModel(file.Tree).GetDeclaredSymbol(type)!)));

    /// <summary>The files of ours that declare a type.</summary>
    public static IEnumerable<SourceFile> DeclarationsOf(ISymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => FileOfTree.GetValueOrDefault(reference.SyntaxTree)).OfType<SourceFile>();

    private static IEnumerable<NamedType> In(SourceFile file)
    {
        SemanticModel model = Together.GetSemanticModel(file.Tree);
        foreach (SimpleNameSyntax name in file.Tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
        {
            if (TypeOf(model.GetSymbolInfo(name).Symbol) is { } type && DeclarationsOf(type).Any(other => other != file))
                yield return new(file, name.ToString(), type);
        }
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => Outermost(type),
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol when symbol.ContainingType is { } type => Outermost(type),
        _ => null,
    };

    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } container)
            type = container;
        return type.OriginalDefinition;
    }

    private static CSharpCompilation Compile()
    {
        const string ImplicitUsings = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
            global using System.Threading; global using System.Threading.Tasks;
            """;
        string[] libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "kcallbacks",
            [.. Files.Select(file => file.Tree), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            libraries.Select(library => MetadataReference.CreateFromFile(library)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}

/// <summary>A type and where it is named.</summary>
/// <param name="By">The file that names it.</param>
/// <param name="Name">What stands there: the type's name or a member's.</param>
/// <param name="Type">The type.</param>
internal sealed record NamedType(SourceFile By, string Name, INamedTypeSymbol Type);
