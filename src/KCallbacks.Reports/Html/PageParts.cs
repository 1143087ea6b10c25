using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace KCallbacks.Reports.Html;

/// <summary>Style and script of the page, which stand in it as they are: nothing is fetched.</summary>
internal static class PageParts
{
    /// <summary>The style.</summary>
    public static string Style { get; } = Read("page.css");

    /// <summary>The script, without which the page can be read, too.</summary>
    public static string Script { get; } = Read("page.js");

    /// <summary>Allows these two by their hashes, and nothing else (CSP Level 3).</summary>
    public static string Policy => $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"KCallbacks.Reports.Html.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
