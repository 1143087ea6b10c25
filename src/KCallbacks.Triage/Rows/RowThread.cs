namespace KCallbacks.Triage.Rows;

/// <summary>A thread in a row.</summary>
/// <param name="Position">Its zero-based position in the input.</param>
/// <param name="SystemId">The operating system's id; null when not known.</param>
/// <param name="Depth">Callbacks nested on it.</param>
/// <param name="Message">What its innermost callback hands to the program, for example <c>WM_PAINT</c>; null when not known.</param>
/// <param name="Handler"><c>module!function</c> of the program's code that its innermost callback runs; null when not known.</param>
/// <param name="BlockedIn"><c>module!function</c> of what it does now; null when not known.</param>
public sealed record RowThread(int Position, uint? SystemId, int Depth, string? Message, string? Handler, string? BlockedIn);
