using System.Net;
using System.Text.RegularExpressions;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>What a client that wants markup gets.</summary>
internal static partial class Markup
{
    /// <summary>The text that the markup shows.</summary>
    public static string WithoutTags(string markup) => WebUtility.HtmlDecode(Tag().Replace(markup, ""));

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
