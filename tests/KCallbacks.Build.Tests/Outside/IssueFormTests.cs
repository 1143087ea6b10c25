using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace KCallbacks.Build.Tests.Outside;

/// <summary>The forms for issues: they have what such forms must have, and ask for what the command can give.</summary>
[TestClass]
public sealed partial class IssueFormTests
{
    private static readonly string Folder = Path.Combine(Yaml.Root, ".github", "ISSUE_TEMPLATE");

    public static IEnumerable<object[]> Forms =>
        Directory.EnumerateFiles(Folder).Where(path => Path.GetFileName(path) != "config.yml").Select(path => new object[] { Path.GetFileName(path) });

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void A_form_is_whole(string name)
    {
        YamlMappingNode form = Yaml.Read(Path.Combine(Folder, name));

        Assert.IsFalse(string.IsNullOrWhiteSpace(form.Text("name")));
        Assert.IsFalse(string.IsNullOrWhiteSpace(form.Text("description")));
        YamlNode[] fields = [.. form.List("body").Where(field => field.Text("type") != "markdown")];
        Assert.IsNotEmpty(fields);
        Assert.HasCount(fields.Length, fields.Select(field => field.Text("id")).OfType<string>().Distinct());
        foreach (YamlNode field in fields)
        {
            Assert.Contains(field.Text("type"), (string[])["input", "textarea"]);
            Assert.IsFalse(string.IsNullOrWhiteSpace(field.Find("attributes")!.Text("label")));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void A_form_asks_for_a_recording_and_names_options_that_exist(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name));
        string options = File.ReadAllText(Path.Combine(Yaml.Root, "src", "KCallbacks.Extension", "Command", "CommandOptions.cs"))
            + File.ReadAllText(Path.Combine(Yaml.Root, "src", "KCallbacks.Reports", "ReportForm.cs"));

        Assert.Contains("!kcallbacks -record", text);
        foreach (Match option in Option().Matches(text))
            Assert.Contains($"\"{option.Groups[1].Value}\"", options);
    }

    [GeneratedRegex("!kcallbacks (-[a-z]+)")]
    private static partial Regex Option();
}
