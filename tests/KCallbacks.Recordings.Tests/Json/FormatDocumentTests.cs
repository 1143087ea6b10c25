using System.Reflection;
using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>Members are recorded as the model has them, without further ado; the document of the format must not stay behind.</summary>
[TestClass]
public sealed class FormatDocumentTests
{
    public static IEnumerable<object[]> Members =>
        new[] { typeof(ThreadStack), typeof(StackFrame), typeof(KernelState) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanWrite)
            .Select(property => new object[] { JsonNamingPolicy.CamelCase.ConvertName(property.Name) });

    [TestMethod]
    [DynamicData(nameof(Members))]
    public void A_member_of_a_thread_stands_in_the_document(string member) =>
        Assert.Contains($"`{member}`", Document(), $"docs/recording-format.md does not name {member}.");

    private static string Document()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "docs", "recording-format.md")))
            folder = Path.GetDirectoryName(folder);
        return File.ReadAllText(Path.Combine(folder!, "docs", "recording-format.md"));
    }
}
