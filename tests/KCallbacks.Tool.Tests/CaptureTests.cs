using System.Globalization;
using System.Text.Json.Nodes;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Images;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Reports.Tests;

namespace KCallbacks.Tool.Tests;

/// <summary>What a dump says of itself, and images for one that holds none.</summary>
[TestClass]
public sealed class CaptureTests
{
    private static readonly Lazy<(UserDump Dump, string Path)> Bare = new(() => FixtureFolder.OfRepository.Generate(UserCases.StacksOnly(WindowsLayout.Windows10)));

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_dump_says_of_which_program_it_is_and_what_it_lacks()
    {
        JsonNode capture = Json(Bare.Value.Path)["capture"]!;

        Assert.AreEqual("app.exe", capture["program"]!.GetValue<string>());
        Assert.AreEqual(Bare.Value.Dump.Plan.ProcessId, capture["processId"]!.GetValue<uint>());
        Assert.AreEqual("10.0.19041", capture["windows"]!.GetValue<string>());
        Assert.AreEqual("stacks", capture["memory"]!.GetValue<string>());
        Assert.Contains("--images FOLDER", string.Join(' ', capture["lacks"]!.AsArray().Select(text => text!.GetValue<string>())));
    }

    [TestMethod]
    public void Every_module_can_be_found_again_by_what_is_said_of_it()
    {
        JsonArray modules = Json(Bare.Value.Path)["capture"]!["modules"]!.AsArray();

        IReadOnlyList<LinkedImage> images = Bare.Value.Dump.Images.Images;
        Assert.HasCount(images.Count, modules);
        foreach (JsonNode module in modules.OfType<JsonNode>())
        {
            LinkedImage image = images.Single(image => $"0x{image.Base:x16}" == module["base"]!.GetValue<string>());
            Assert.AreEqual($"0x{image.TimeDateStamp:x8}", module["timeDateStamp"]!.GetValue<string>());
            Assert.AreEqual(image.Mapped.Length, module["size"]!.GetValue<int>());
            Assert.StartsWith(new Guid(image.CodeView.Span.Slice(4, 16)).ToString("N").ToUpperInvariant(), module["pdbId"]!.GetValue<string>());
            Assert.EndsWith(".pdb", module["pdb"]!.GetValue<string>());
            Assert.StartsWith("10.0.19041.", module["version"]!.GetValue<string>());
        }
    }

    [TestMethod]
    public void A_text_is_no_capture() => Assert.IsNull(JsonNode.Parse(ToolRun.With("0:000> kn", "analyze", "--json").Output)!["capture"]);

    [TestMethod]
    public void Images_beside_each_other_give_a_bare_dump_its_frames()
    {
        CopyImages(image => Path.Combine(_folder, FileOf(image)));

        Assert.IsGreaterThan(NamedEntries(), NamedEntries("--images", _folder));
    }

    [TestMethod]
    public void Images_of_a_store_do_the_same_whatever_the_case_of_its_folders()
    {
        CopyImages(image => Path.Combine(
            _folder,
            FileOf(image).ToUpperInvariant(),
            string.Create(CultureInfo.InvariantCulture, $"{image.TimeDateStamp:x8}{image.Mapped.Length:x}"),
            FileOf(image).ToLowerInvariant()));

        Assert.IsGreaterThan(NamedEntries(), NamedEntries("--images", _folder));
    }

    [TestMethod]
    public void Images_of_another_build_are_not_taken()
    {
        ImageSet other = FixtureFolder.OfRepository.Generate(UserCases.StacksAndCode(WindowsLayout.Windows7)).Dump.Images;
        CopyImages(other, image => Path.Combine(_folder, FileOf(image)));

        Assert.AreEqual(ToolRun.Of("analyze", "-v", Bare.Value.Path).Output, ToolRun.Of("analyze", "-v", "--images", _folder, Bare.Value.Path).Output);
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_an_error() =>
        Assert.Contains("--images /nowhere: there is no such folder.", ToolRun.Of("analyze", "--images", "/nowhere", Bare.Value.Path).Error);

    /// <summary>Callbacks whose system call has a name, which only the images give.</summary>
    private static int NamedEntries(params string[] options) => Json([.. options, Bare.Value.Path])["threads"]!.AsArray()
        .SelectMany(thread => thread!["callbacks"]!.AsArray())
        .Count(callback => callback!["entry"]?.GetValue<string>().Contains("!Nt", StringComparison.Ordinal) == true);

    private static JsonNode Json(params string[] arguments)
    {
        JsonNode json = JsonNode.Parse(ToolRun.Of(["analyze", "--json", .. arguments]).Output)!;
        Assert.IsEmpty(JsonSchema.Load(Path.Combine(AppContext.BaseDirectory, "kcallbacks.schema.json")).Errors(json));
        return json;
    }

    private static void CopyImages(Func<LinkedImage, string> path) => CopyImages(Bare.Value.Dump.Images, path);

    private static void CopyImages(ImageSet images, Func<LinkedImage, string> path)
    {
        foreach (LinkedImage image in images.Images)
        {
            string target = path(image);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(images.Folders.Select(folder => Path.Combine(folder, FileOf(image))).First(File.Exists), target);
        }
    }

    private static string FileOf(LinkedImage image) => image.Description.FileName;
}
