using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Release.Tests;

/// <summary>Inputs as a store of crash reports has them, made in little time: most are hard links to a few files.</summary>
internal sealed class TriageInputs : IDisposable
{
    private const string Thread =
        """

           0  Id: 1a2c.1a30 Suspend: 1 Teb: 000000aa`bb000000 Unfrozen
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff3b0 00007ffb`1f9c3494     USER32!_fnDWORD+0x3d
        02 000000e1`5f5ff410 00007ffb`1d261104     ntdll!KiUserCallbackDispatcherContinue
        03 000000e1`5f5ff498 00007ffb`1e3ab0c8     win32u!NtUserMessageCall+0x14
        04 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private static readonly Lazy<byte[]> Dump = new(() => File.ReadAllBytes(FixtureFolder.OfRepository.Generate(UserCases.StacksOnly(WindowsLayout.Windows10)).Path));

    /// <summary>The folder of the inputs.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kcallbacks-triage-").FullName;

    /// <summary>A folder for the temporary files of the programs that are tested.</summary>
    public string Temporary => Directory.CreateDirectory(Folder + "-tmp").FullName;

    /// <summary>Adds folders of 100 inputs each: 10 dumps, 90 texts.</summary>
    public void AddHundreds(int count)
    {
        string first = Path.Combine(Folder, "in", "0");
        for (int i = 0; i < 100; i++)
            Write(Path.Combine(first, $"{i}{(i < 10 ? ".dmp" : ".txt")}"), i < 10 ? Dump.Value : Encoding.ASCII.GetBytes(Thread));
        for (int i = 1; i < count; i++)
            Run("cp", "-al", first, Path.Combine(Folder, "in", $"{i}"));
    }

    /// <summary>Adds inputs that want to do harm, or were harmed.</summary>
    /// <returns>How many.</returns>
    public int AddHostile(int count)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "in", "hostile")).FullName;
        byte[] bomb = Bomb();
        for (int i = 0; i < count; i++)
        {
            string path = Path.Combine(folder, $"{i}.dmp");
            switch (i % 5)
            {
                case 0 when i < 10:
                    Write(Path.ChangeExtension(path, ".zip"), bomb);
                    break;
                case 0 or 1:
                    Run("mkfifo", path);
                    break;
                case 2:
                    Write(path, Dump.Value[..(Dump.Value.Length * i / count)]);
                    break;
                case 3:
                    Write(path, WithLargestCounts(Dump.Value));
                    break;
                default:
                    Write(path, RandomNumberGenerator.GetBytes(10_000));
                    break;
            }
        }

        return count;
    }

    /// <summary>Adds one input that takes seconds and hundreds of megabytes to read.</summary>
    public string AddLarge()
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "in")).FullName, "large.txt.gz");
        using var packed = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), Encoding.ASCII);
        for (int i = 0; i < 100_000; i++)
            packed.Write(Thread.Replace(" 0  Id: 1a2c.1a30", string.Create(CultureInfo.InvariantCulture, $" {i}  Id: 1a2c.{i:x}"), StringComparison.Ordinal));
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Temporary, recursive: true);
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, program);
    }

    /// <summary>A dump that unpacks to more than anybody has room for.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("bomb.dmp", CompressionLevel.Fastest).Open();
            entry.Write(Dump.Value);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
                entry.Write(zeros);
        }

        return packed.ToArray();
    }

    /// <summary>Every list of the dump says that it has four thousand million items.</summary>
    private static byte[] WithLargestCounts(byte[] dump)
    {
        byte[] changed = [.. dump];
        int count = BitConverter.ToInt32(dump, 8), directory = BitConverter.ToInt32(dump, 12);
        for (int i = 0; i < count; i++)
        {
            int stream = BitConverter.ToInt32(dump, directory + (12 * i) + 8);
            BitConverter.TryWriteBytes(changed.AsSpan(stream), uint.MaxValue);
        }

        return changed;
    }
}
