using System.Security.Cryptography;

namespace KCallbacks.Build.Packaging;

/// <summary>
/// The manifest of the tool for Windows' package manager: it takes the tool out of the zip and puts it into the path. It cannot place the
/// extension, which <c>kcallbacks install</c> does.
/// </summary>
/// <param name="Zip">Path of the release for Windows.</param>
/// <param name="Url">The folder it is downloaded from.</param>
/// <param name="Version">The version.</param>
internal sealed record WingetManifest(string Zip, string Url, Version Version)
{
    private const string Identifier = "kcallbacks.kcallbacks";
    private const string Format = "1.6.0";

    /// <summary>Writes the three files.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <returns>The folder.</returns>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, ".yaml", "version", "DefaultLocale: en-US");
        Write(folder, ".locale.en-US.yaml", "defaultLocale",
            """
            PackageLocale: en-US
            Publisher: the kcallbacks authors
            PackageName: kcallbacks
            License: MIT
            ShortDescription: What hangs a Windows program, and who must let go. Reads dumps and printed stacks; kcallbacks install adds the extension to WinDbg.
            Tags:
              - debugging
              - dump
              - windbg
            """);
        Write(folder, ".installer.yaml", "installer",
            $"""
            InstallerType: zip
            NestedInstallerType: portable
            NestedInstallerFiles:
              - RelativeFilePath: kcallbacks.exe
                PortableCommandAlias: kcallbacks
            Installers:
              - Architecture: x64
                InstallerUrl: {Url.TrimEnd('/')}/{Path.GetFileName(Zip)}
                InstallerSha256: {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Zip)))}
            """);
        return folder;
    }

    private void Write(string folder, string ending, string kind, string content) => File.WriteAllText(
        Path.Combine(folder, Identifier + ending),
        $"""
        PackageIdentifier: {Identifier}
        PackageVersion: {Version.ToString(3)}
        {content}
        ManifestType: {kind}
        ManifestVersion: {Format}

        """.ReplaceLineEndings("\n"));
}
