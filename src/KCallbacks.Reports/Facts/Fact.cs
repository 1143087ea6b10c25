namespace KCallbacks.Reports.Facts;

/// <summary>One thing that is said of <typeparamref name="T"/>, for every view that is made from the tables of these.</summary>
/// <remarks>
/// JSON and <c>dx</c> show all facts; <c>-m</c> searches those that are names. What
/// text and table say of a fact is written there; a test names the view that lacks one.
/// </remarks>
/// <param name="Path">Place in the JSON object; a dot stands before a field of a nested object: <c>message.wParam</c>.</param>
/// <param name="Property">Name of the property in <c>dx</c>; null where it is none: it names the thread only in text, or another fact has the same value.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Meaning">What the value means, for the help of <c>dx</c>.</param>
/// <param name="Value">
/// The value as <paramref name="Kind"/> says; null when it is not known or does not apply.
/// </param>
public sealed record Fact<T>(string Path, string? Property, FactKind Kind, string Meaning, Func<T, object?> Value);
