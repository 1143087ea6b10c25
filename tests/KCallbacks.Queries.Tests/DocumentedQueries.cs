namespace KCallbacks.Queries.Tests;

/// <summary>The statements in docs/store.md.</summary>
internal static class DocumentedQueries
{
    /// <summary>All of them, in the order of the document, with a store's folder in them.</summary>
    public static IReadOnlyList<string> For(string store)
    {
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "store.md")).ReplaceLineEndings("\n");
        return [.. BlocksOf(document).SelectMany(block => block.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(statement => statement.Replace("STORE", store, StringComparison.Ordinal))];
    }

    private static IEnumerable<string> BlocksOf(string document) =>
        document.Split("```sql\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]);
}
