using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Json;

/// <summary>The values of facts as JSON, by what <see cref="FactKind"/> says they are.</summary>
internal static class FactJson
{
    private static readonly FactObject<Callback> Callbacks = new(CallbackFacts.All);
    private static readonly FactObject<HangShape> Shapes = new(ShapeFacts.All);
    private static readonly FactObject<ManagedFrame> ManagedFrames = new(ManagedFrameFacts.All);
    private static readonly FactObject<RejectedFrame> RejectedFrames = new(RejectedFrameFacts.All);

    /// <summary>Writes a value; null is one that is not known.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(Cut(text));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case ulong address:
                WriteAddress(json, address);
                break;
            case int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ImmutableArray<DeliveredValue> values:
                WriteNamed(json, values);
                break;
            case ImmutableArray<string> sentences:
                WriteArray(json, sentences, static (json, text) => json.WriteStringValue(Cut(text)));
                break;
            case ImmutableArray<int> numbers:
                WriteArray(json, numbers, static (json, number) => json.WriteNumberValue(number));
                break;
            case ImmutableArray<Callback> callbacks:
                WriteArray(json, callbacks, static (json, callback) => Callbacks.Write(json, callback));
                break;
            case ImmutableArray<HangShape> shapes:
                WriteArray(json, shapes, static (json, shape) => Shapes.Write(json, shape));
                break;
            case ImmutableArray<ManagedFrame> frames:
                WriteArray(json, frames, static (json, frame) => ManagedFrames.Write(json, frame));
                break;
            case ImmutableArray<RejectedFrame> frames:
                WriteArray(json, frames, static (json, frame) => RejectedFrames.Write(json, frame));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "There is no JSON for such a fact.");
        }
    }

    /// <summary>A text that fits a line of the engine, at six characters per escaped one; a longer one loses its middle.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text) => text is null ? null : Fold.Long(text, Printable.LongestName);

    /// <summary>As <see cref="DisplayText.OfAddress"/> spells it.</summary>
    private static void WriteAddress(Utf8JsonWriter json, ulong address)
    {
        Span<byte> text = stackalloc byte[2 + (2 * sizeof(ulong))];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"0x{address:x16}", out int length);
        json.WriteStringValue(text[..length]);
    }

    private static void WriteNamed(Utf8JsonWriter json, ImmutableArray<DeliveredValue> values)
    {
        json.WriteStartObject();
        foreach (DeliveredValue named in values)
            json.WriteString(named.Name, string.Create(CultureInfo.InvariantCulture, $"0x{named.Value:x}"));
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T item in items)
            write(json, item);
        json.WriteEndArray();
    }
}
