using System.Text.RegularExpressions;

namespace KCallbacks.Architecture.Tests;

/// <summary>The places that the documents name are there.</summary>
[TestClass]
public sealed partial class RecipeTests
{
    [TestMethod]
    [DataRow("CONTRIBUTING.md")]
    [DataRow("docs/architecture.md")]
    [DataRow("README.md")]
    public void A_place_that_is_named_exists(string document)
    {
        string[] missing =
        [
            .. Place().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, document)))
                .Select(match => match.Groups[1].Value.TrimEnd('/'))
                .Where(place => !place.Contains("/bin/", StringComparison.Ordinal) && !Path.Exists(Path.Combine(SourceTree.Root, place))),
        ];

        Assert.IsEmpty(missing, $"{document} names: {string.Join(", ", missing)}");
    }

    [GeneratedRegex("`((?:src|tests|docs|build)/[^`* ]+)`")]
    private static partial Regex Place();
}
