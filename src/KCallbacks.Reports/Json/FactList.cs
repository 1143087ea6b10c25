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
    internal static FactList Of<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, int limit)
    {
        var text = new StringBuilder("[");
        int written = 0;
        foreach (T item in items)
        {
            string one = TextOf(json => write(json, item));
            if (text.Length + one.Length + ",]".Length > limit)
                break;
            text.Append(written++ == 0 ? "" : ",").Append(one);
        }

        return new FactList(text.Append(']').ToString(), items.Count - written);
    }

    /// <summary>One value as JSON.</summary>
    internal static string TextOf(Action<Utf8JsonWriter> write) => JsonText.Of(write, Readable);
}
