namespace KCallbacks.Architecture.Tests;

/// <summary>Folders are rooms: a namespace is its folder's path, and the rooms of a project use each other in one direction.</summary>
[TestClass]
public sealed class FolderTests
{
    public static IEnumerable<object[]> Projects => SourceTree.Product.Select(file => file.Project!.Name).Distinct().Select(name => new object[] { name });

    [TestMethod]
    public void A_namespace_is_the_path_of_its_folder()
    {
        string[] wrong =
        [
            .. from file in SourceTree.Product.Concat(SourceTree.Tests)
               let expected = ExpectedNamespace(file)
               from declared in file.Namespaces
               where declared != expected
               select $"{file}: {declared}, its folder says {expected}",
        ];

        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Folders_of_a_project_use_each_other_in_one_direction(string project)
    {
        (string From, string To, string Where)[] arrows =
        [
            .. from named in NamedTypes.All
               where named.By.Project?.Name == project
               from declaration in NamedTypes.DeclarationsOf(named.Type)
               where declaration.Project?.Name == project && declaration.Folder != named.By.Folder
               select (named.By.Folder, declaration.Folder, $"{named.By.Name} names {named.Type.Name}"),
        ];
        ILookup<string, string> next = arrows.Select(arrow => (arrow.From, arrow.To)).Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To);

        string[] circling =
        [
            .. arrows.Where(arrow => CanReach(next, arrow.To, arrow.From))
                .GroupBy(arrow => (arrow.From, arrow.To), arrow => arrow.Where)
                .Select(places => $"/{places.Key.From} -> /{places.Key.To}: {string.Join(", ", places.Distinct().Take(8))}"),
        ];

        Assert.IsEmpty(circling, $"These folders of {project} use each other in a circle:\n{string.Join('\n', circling)}");
    }

    private static string ExpectedNamespace(SourceFile file) => file.Project is null
        ? $"KCallbacks.{string.Join('.', file.Folder.Split('/')[1..])}"
        : string.Join('.', [file.Project.RootNamespace, .. file.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    private static bool CanReach(ILookup<string, string> next, string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>(seen);
        while (open.TryPop(out string? folder))
        {
            if (folder == to)
                return true;
            foreach (string neighbour in next[folder].Where(seen.Add))
                open.Push(neighbour);
        }

        return false;
    }
}
