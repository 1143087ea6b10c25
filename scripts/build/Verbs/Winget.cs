using KCallbacks.Build.Packaging;

namespace KCallbacks.Build.Verbs;

/// <summary>The manifest for Windows' package manager, beside the release that <c>package</c> made.</summary>
internal static class Winget
{
    /// <param name="repository">Has the release.</param>
    /// <param name="url">The folder that the release will be downloaded from.</param>
    public static int Run(Repository repository, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttps)
            throw new StepFailedException($"{url} is no https address of the folder that the release is downloaded from.");
        Version version = typeof(Winget).Assembly.GetName().Version!;
        string zip = Path.Combine(repository.Packages, $"kcallbacks-{version.ToString(3)}.zip");
        if (!File.Exists(zip))
            throw new StepFailedException($"There is no {zip}. Make it with scripts/package.");
        Console.WriteLine(new WingetManifest(zip, url, version).WriteTo(Path.Combine(repository.Packages, "winget")));
        return 0;
    }
}
