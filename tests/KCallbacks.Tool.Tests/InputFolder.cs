using System.IO.Compression;
using System.Text;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Tool.Tests;

/// <summary>A folder for inputs of a test, and what they are made of.</summary>
internal sealed class InputFolder : IDisposable
{
    /// <summary>A printed stack of a thread in a callback.</summary>
    public const string Text =
        """
        0:002> kn
         # Child-SP          RetAddr               Call Site
        00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
        01 000000e1`5f5ff3b0 00007ffb`1f9c3494     USER32!_fnDWORD+0x3d
        02 000000e1`5f5ff410 00007ffb`1d261104     ntdll!KiUserCallbackDispatcherContinue
        03 000000e1`5f5ff498 00007ffb`1e3ab0c8     win32u!NtUserMessageCall+0x14
        04 000000e1`5f5ff5d0 00000000`00000000     ntdll!RtlUserThreadStart+0x21

        """;

    private static readonly Lazy<byte[]> Generated = new(() => File.ReadAllBytes(FixtureFolder.OfRepository.Generate(UserCases.StacksOnly(WindowsLayout.Windows10)).Path));

    /// <summary>A small dump.</summary>
    public static byte[] Dump => Generated.Value;

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    /// <summary>Writes a text; returns its path.</summary>
    public string Write(string name, string content) => Write(name, Encoding.Latin1.GetBytes(content));

    /// <summary>Writes a file; returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The bytes as <c>.gz</c>.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            zip.Write(content);
        return packed.ToArray();
    }

    /// <summary>The files as <c>.zip</c>.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Deletes it with all that lies in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
