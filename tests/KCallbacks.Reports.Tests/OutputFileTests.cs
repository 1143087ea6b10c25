using System.Text;

namespace KCallbacks.Reports.Tests;

/// <summary>Files are written whole or not at all.</summary>
[TestClass]
public sealed class OutputFileTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Target => Path.Combine(_folder.FullName, "report.json");

    [TestCleanup]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_new_file_holds_what_was_written()
    {
        Assert.AreEqual(Target, OutputFile.Replace(Target, Write("new")));

        AssertHolds("new");
    }

    [TestMethod]
    public void An_old_file_is_replaced()
    {
        File.WriteAllText(Target, "a longer old file");

        OutputFile.Replace(Target, Write("new"));

        AssertHolds("new");
    }

    [TestMethod]
    public void A_failure_keeps_the_old_file_and_leaves_nothing()
    {
        File.WriteAllText(Target, "old");

        Assert.ThrowsExactly<IOException>(() => OutputFile.Replace(Target, stream =>
        {
            Write("half")(stream);
            throw new IOException("the disk is full");
        }));

        AssertHolds("old");
    }

    [TestMethod]
    public void A_read_only_file_is_refused()
    {
        File.WriteAllText(Target, "old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);

        Exception error = Assert.ThrowsExactly<UnauthorizedAccessException>(() => OutputFile.Replace(Target, Write("new")));

        Assert.EndsWith("is read-only.", error.Message);
        AssertHolds("old");
        File.SetAttributes(Target, FileAttributes.Normal);
    }

    [TestMethod]
    public void A_folder_is_refused()
    {
        IOException error = Assert.ThrowsExactly<IOException>(() => OutputFile.Replace(_folder.FullName, Write("new")));

        Assert.EndsWith("is a folder.", error.Message);
    }

    [TestMethod]
    [DataRow("nowhere/")]
    public void A_path_without_a_file_is_refused(string path) =>
        Assert.EndsWith("is no file.", Assert.ThrowsExactly<IOException>(() => OutputFile.Replace(Path.Combine(_folder.FullName, path), Write("new"))).Message);

    [TestMethod]
    [DataRow("/dev/full")]
    [DataRow(@"\\.\nul")]
    public void A_device_is_refused(string path)
    {
        if (Path.IsPathFullyQualified(path))
            Assert.EndsWith("is a device.", Assert.ThrowsExactly<IOException>(() => OutputFile.Replace(path, Write("new"))).Message);
    }

    [TestMethod]
    public void Nobody_s_file_of_the_name_of_an_unfinished_one_is_touched()
    {
        string other = Target + ".tmp";
        File.WriteAllText(other, "somebody's");

        OutputFile.Replace(Target, Write("new"));

        Assert.AreEqual("somebody's", File.ReadAllText(other));
        File.Delete(other);
        AssertHolds("new");
    }

    [TestMethod]
    public void A_link_leads_to_the_file_that_is_replaced()
    {
        string real = Path.Combine(_folder.CreateSubdirectory("real").FullName, "file.json");
        File.WriteAllText(real, "old");
        try
        {
            File.CreateSymbolicLink(Target, real);
        }
        catch (IOException)
        {
            Assert.Inconclusive("Links are not allowed here.");
        }

        Assert.AreEqual(real, OutputFile.Replace(Target, Write("new")));
        Assert.AreEqual("new", File.ReadAllText(Target));
    }

    private static Action<Stream> Write(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private void AssertHolds(string text)
    {
        Assert.AreEqual(text, File.ReadAllText(Target));
        Assert.HasCount(1, _folder.GetFiles());
    }
}
