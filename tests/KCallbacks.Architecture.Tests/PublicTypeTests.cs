using Microsoft.CodeAnalysis;

namespace KCallbacks.Architecture.Tests;

/// <summary>A type is public because another project needs it: one of <c>src</c>, or the program that hosts the engine.</summary>
[TestClass]
public sealed class PublicTypeTests
{
    [TestMethod]
    public void A_public_type_is_named_by_another_project()
    {
        HashSet<INamedTypeSymbol> needed = NeededOutside();

        string[] needless =
        [
            .. from declared in NamedTypes.Declared
               where declared.Type.DeclaredAccessibility == Accessibility.Public && !needed.Contains(declared.Type)
               select $"{declared.File}: {declared.Type.Name}",
        ];

        Assert.IsEmpty(needless, $"Public, but no other project needs it:\n{string.Join('\n', needless)}");
    }

    /// <summary>What other projects name, and what the public members of these types are made of.</summary>
    private static HashSet<INamedTypeSymbol> NeededOutside()
    {
        var needed = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<INamedTypeSymbol>(
            from named in NamedTypes.All
            where NamedTypes.DeclarationsOf(named.Type).Any(file => file.Project != named.By.Project)
            select named.Type);
        while (open.TryPop(out INamedTypeSymbol? type))
        {
            if (!needed.Add(type))
                continue;
            foreach (INamedTypeSymbol part in PartsOf(type).Where(part => !part.DeclaringSyntaxReferences.IsEmpty))
                open.Push(part);
        }

        return needed;
    }

    private static IEnumerable<INamedTypeSymbol> PartsOf(INamedTypeSymbol type)
    {
        IEnumerable<ITypeSymbol> used = type.GetMembers()
            .Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected)
            .SelectMany(TypesOf)
            .Concat(type.AllInterfaces);
        return (type.BaseType is { } parent ? used.Append(parent) : used).SelectMany(Whole);
    }

    private static IEnumerable<ITypeSymbol> TypesOf(ISymbol member) => member switch
    {
        IMethodSymbol method => method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType),
        IPropertySymbol property => property.Parameters.Select(parameter => parameter.Type).Append(property.Type),
        IFieldSymbol field => [field.Type],
        IEventSymbol happening => [happening.Type],
        INamedTypeSymbol nested => PartsOf(nested),
        _ => [],
    };

    /// <summary>A type with what it is made of: elements, type arguments, what a pointer points to.</summary>
    private static IEnumerable<INamedTypeSymbol> Whole(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Whole(array.ElementType),
        IPointerTypeSymbol pointer => Whole(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Whole).Append(named.OriginalDefinition),
        _ => [],
    };
}
