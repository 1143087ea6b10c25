using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KCallbacks.Architecture.Tests;

/// <summary>
/// What is known about Windows stands once, in the room for it: a second list of the same names or numbers drifts from the first.
/// What belongs there is taken from the room itself, so a fact that is added is guarded from then on.
/// </summary>
[TestClass]
public sealed class FactTests
{
    private const string Room = "src/KCallbacks.Detection/Windows/";

    /// <summary>Shorter words of the room are words of other things, too: <c>hal</c>, <c>nt</c>, <c>.sys</c>.</summary>
    private const int ShortestName = 5;

    /// <summary>Numbers of fewer digits are sizes, masks and bytes of code.</summary>
    private const ulong LeastTelling = 0x200;

    /// <summary>The return displacements of the dispatcher are small numbers; two of them in one expression are a list of them.</summary>
    private static readonly ulong[] Displacements = [0x13, 0x1f, 0x24, 0x2e, 0x36, 0x4d, 0xc3, 0xcf];

    private static readonly SyntaxKind[] TextTokens =
    [
        SyntaxKind.StringLiteralToken, SyntaxKind.Utf8StringLiteralToken, SyntaxKind.SingleLineRawStringLiteralToken,
        SyntaxKind.MultiLineRawStringLiteralToken, SyntaxKind.InterpolatedStringTextToken,
    ];

    private static readonly SourceFile[] Facts = [.. SourceTree.Product.Where(file => file.Path.StartsWith(Room, StringComparison.Ordinal))];
    private static readonly SourceFile[] Others = [.. SourceTree.Product.Except(Facts)];

    [TestMethod]
    public void A_name_of_Windows_stands_in_the_room_for_facts_alone()
    {
        HashSet<string> names = [.. Facts.SelectMany(Texts).Select(text => text.Value).Where(IsName)];

        // Rules of the detection go by the names of routines; the fact is which number has which name.
        names.ExceptWith(Facts.Where(file => file.Folder == "Windows/Routines").SelectMany(Texts).SelectMany(text => text.Value.Split()));
        Assert.Contains("KiUserCallbackDispatcher", names);
        Assert.Contains("RtlUserThreadStart", names);

        string[] doubled = [.. Others.SelectMany(Texts).Where(text => names.Contains(text.Value.TrimStart('_'))).Select(text => text.Place)];

        Assert.IsEmpty(doubled, $"These names stand in {Room}, where others find them:\n{string.Join('\n', doubled)}");
    }

    [TestMethod]
    public void A_number_of_Windows_stands_in_the_room_for_facts_alone()
    {
        // Message numbers have as few digits as sizes.
        HashSet<ulong> numbers = [.. Facts.Where(file => file.Name != "MessageNames.cs").SelectMany(Numbers).Select(number => number.Value).Where(IsTelling)];
        Assert.Contains(0xffff_8000_0000_0000, numbers);

        string[] doubled = [.. Others.SelectMany(Numbers).Where(number => numbers.Contains(number.Value)).Select(number => number.Place)];

        Assert.IsEmpty(doubled, $"These numbers stand in {Room}, where others find them:\n{string.Join('\n', doubled)}");
    }

    [TestMethod]
    public void The_dispatchers_displacements_are_listed_in_the_room_for_facts_alone()
    {
        string[] lists =
        [
            .. from file in Others
               from node in file.Tree.GetRoot().DescendantNodes()
               where node is PatternSyntax or CollectionExpressionSyntax or InitializerExpressionSyntax or ArgumentListSyntax
               let listed = NumbersIn(node).Where(Displacements.Contains).Distinct().Count()
               where listed > 1 && NumbersIn(node).All(number => number is 0 or > 9)
               where !IsCode(node)
               select PlaceOf(file, node),
        ];

        Assert.IsEmpty(lists, $"Displacements of the dispatcher are listed outside of {Room}:\n{string.Join('\n', lists)}");
    }

    [TestMethod]
    public void An_offset_of_a_field_of_Windows_stands_in_the_room_for_facts_alone()
    {
        // Offsets are too small to be told from sizes; that a constant, variable or argument bears the field's name tells.
        HashSet<string> fields = [.. Facts.SelectMany(Named).Select(field => field.Name)];
        Assert.Contains("Rbx", fields);
        Assert.Contains("KernelCallbackTable", fields);

        string[] doubled = [.. Others.SelectMany(Named).Where(field => fields.Contains(field.Name)).Select(field => field.Place)];

        Assert.IsEmpty(doubled, $"These offsets stand in {Room}, where others find them:\n{string.Join('\n', doubled)}");
    }

    /// <summary>What is called by a name and given a small hexadecimal number, without the word "offset" in its name.</summary>
    private static IEnumerable<(string Name, string Place)> Named(SourceFile file) =>
        from node in file.Tree.GetRoot().DescendantNodes()
        let name = node switch
        {
            VariableDeclaratorSyntax { Initializer: not null } variable => variable.Identifier.Text,
            ArgumentSyntax { NameColon: { } colon } => colon.Name.Identifier.Text,
            _ => null,
        }
        where name is not null && NumberTokensIn(node).Any(token => token.Text.StartsWith("0x", StringComparison.Ordinal) && ValueOf(token) < LeastTelling)
        select (name.Replace("Offset", "", StringComparison.Ordinal), PlaceOf(file, node));

    private static bool IsName(string text) =>
        text.Length >= ShortestName && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Page sizes and other powers of two are everybody's, up to where addresses begin.</summary>
    private static bool IsTelling(ulong number) => number > LeastTelling && (!BitOperations.IsPow2(number) || number > uint.MaxValue / 2);

    /// <summary>The bytes of instructions stand in list patterns and spans of bytes.</summary>
    private static bool IsCode(SyntaxNode node) => node is ListPatternSyntax || node.Ancestors().OfType<ListPatternSyntax>().Any()
        || node.AncestorsAndSelf().OfType<PropertyDeclarationSyntax>().Any(property => property.Type.ToString() == "ReadOnlySpan<byte>");

    private static IEnumerable<(string Value, string Place)> Texts(SourceFile file) =>
        from token in file.Tree.GetRoot().DescendantTokens()
        where TextTokens.Contains(token.Kind())
        select (token.ValueText, PlaceOf(file, token.Parent!));

    private static IEnumerable<(ulong Value, string Place)> Numbers(SourceFile file) =>
        from token in file.Tree.GetRoot().DescendantTokens()
        where token.IsKind(SyntaxKind.NumericLiteralToken) && token.Text.StartsWith("0x", StringComparison.Ordinal)
        select (ValueOf(token), PlaceOf(file, token.Parent!));

    private static ulong[] NumbersIn(SyntaxNode node) => [.. NumberTokensIn(node).Select(ValueOf)];

    private static IEnumerable<SyntaxToken> NumberTokensIn(SyntaxNode node) => node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.NumericLiteralToken));

    private static ulong ValueOf(SyntaxToken token) => token.Value switch
    {
        int value => (ulong)value,
        uint value => value,
        long value => (ulong)value,
        ulong value => value,
        _ => 0,
    };

    private static string PlaceOf(SourceFile file, SyntaxNode node) =>
        $"{file}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {node.ToString().Split('\n')[0].Trim()}";
}
