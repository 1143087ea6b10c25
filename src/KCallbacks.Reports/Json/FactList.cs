using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KCallbacks.Reports.Json;

/// <summary>A list of facts, as far as it fits.</summary>
/// <param name="Text">The JSON array.</param>
/// <param name="LeftOut">Items that did not fit.</param>
public readonly record struct FactList(string Text, int LeftOut)
{
    /// <summary>Quotation marks and backslashes are escaped, whatever else is printable stays readable.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A list of at most <paramref name="limit"/> characters.</summary>
    /// <param name="items">The items as JSON.</param>
    /// <param name="limit">Characters.</param>
    internal static FactList Of(IEnumerable<string> items, int limit)
    {
        var text = new StringBuilder("[");
        int leftOut = 0;
        foreach (string item in items)
        {
            // An item after one that did not fit is left out, too, or the order would say nothing.
            if (leftOut > 0 || text.Length + item.Length + ",]".Length > limit)
                leftOut++;
            else
                text.Append(text.Length == 1 ? "" : ",").Append(item);
        }

        return new FactList(text.Append(']').ToString(), leftOut);
    }

    /// <summary>One value as JSON.</summary>
    internal static string TextOf(Action<Utf8JsonWriter> write) => JsonText.Of(write, Readable);
}
