using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using KCallbacks.Build.Packaging;
using KCallbacks.Build.Verbs;

namespace KCallbacks.Build.Tests;

/// <summary>The icons of the package's windows. The debug engine takes any digits for a picture, so they are checked here.</summary>
[TestClass]
public sealed class IconTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("LargeIconData", 32)]
    [DataRow("SmallIconData", 16)]
    public void An_icon_of_the_package_is_a_whole_png(string attribute, int size)
    {
        foreach (XElement view in Manifest().Descendants("View"))
        {
            (string Name, byte[] Content)[] chunks = [.. ChunksOf(Convert.FromHexString((string)view.Attribute(attribute)!))];

            CollectionAssert.AreEqual((string[])["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Name).ToArray());
            Assert.AreEqual(size, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content));
            Assert.AreEqual(size, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content.AsSpan(4)));
            CollectionAssert.AreEqual(new byte[] { 8, 6, 0, 0, 0 }, chunks[0].Content[8..], "8 bits per channel, with opacity, not interlaced");
            byte[] rows = Unpacked(chunks[1].Content);
            Assert.HasCount(size * (1 + (size * 4)), rows);
            Assert.IsTrue(rows.Chunk(1 + (size * 4)).All(row => row[0] == 0), "no row is filtered");
            Assert.IsGreaterThan(size, rows.Chunk(1 + (size * 4)).Sum(row => row.Skip(1).Chunk(4).Count(point => point[3] == 255)), "points that are drawn");
        }
    }

    [TestMethod]
    public void Points_have_the_colours_that_are_drawn()
    {
        string source = Path.Combine(_folder, "picture.txt");
        File.WriteAllText(source, "x 102030\n\nx.\n.x\n..\n");

        var picture = Picture.Read(source);
        byte[] rows = Unpacked(ChunksOf(Png.Of(picture)).Single(chunk => chunk.Name == "IDAT").Content);

        Assert.AreEqual((2, 3), (picture.Width, picture.Height));
        CollectionAssert.AreEqual(
            new byte[] { 0, 16, 32, 48, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 32, 48, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
            rows);
    }

    [TestMethod]
    [DataRow("x 102030\n\nx.\nx\n", "the row 'x' has 1 points")]
    [DataRow("x 102030\n\nxy\n", "no colour has the letter 'y'")]
    public void A_picture_with_a_mistake_is_refused(string text, string message)
    {
        string source = Path.Combine(_folder, "picture.txt");
        File.WriteAllText(source, text);

        Assert.Contains(message, Assert.ThrowsExactly<StepFailedException>(() => Picture.Read(source)).Message);
    }

    private XElement Manifest()
    {
        string library = Path.Combine(_folder, "kcallbacks.dll");
        File.WriteAllText(library, "a library");
        var programs = new ReleasedPrograms(new Dictionary<string, string> { ["amd64"] = library });
        using ZipArchive zip = ZipFile.OpenRead(Package.PackageOf(Repository.Containing(AppContext.BaseDirectory), programs).WriteTo(_folder));
        using Stream stream = zip.GetEntry("UserExtensions/KernelCallbacks/KernelCallbacks.xml")!.Open();
        return XElement.Load(stream);
    }

    /// <summary>The chunks of a PNG, whose sums are right.</summary>
    private static IEnumerable<(string Name, byte[] Content)> ChunksOf(byte[] png)
    {
        CollectionAssert.AreEqual(Convert.FromHexString("89504e470d0a1a0a"), png[..8]);
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.AreEqual(ChecksumOf(png[(at + 4)..(at + 8 + length)]), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    /// <summary>CRC-32 as the archives of .NET compute it.</summary>
    private static uint ChecksumOf(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var writer = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = writer.CreateEntry("content").Open();
            stream.Write(content);
        }

        using var reader = new ZipArchive(packed, ZipArchiveMode.Read);
        return reader.Entries.Single().Crc32;
    }

    private static byte[] Unpacked(byte[] content)
    {
        using var unpacker = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        unpacker.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
