using KCallbacks.Wording;

namespace KCallbacks.Architecture.Tests;

/// <summary>The documents use the words that the product prints.</summary>
[TestClass]
public sealed class WordingTests
{
    public static IEnumerable<object[]> Documents =>
        Directory.EnumerateFiles(SourceTree.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs")))
            .Select(path => new object[] { Path.GetRelativePath(SourceTree.Root, path) });

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void A_document_uses_the_words_of_the_glossary(string document)
    {
        IReadOnlyList<string> faults = GlossaryWords.Faults(File.ReadLines(Path.Combine(SourceTree.Root, document)));

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }
}
