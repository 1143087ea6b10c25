namespace KCallbacks.Triage.Rows;

/// <summary>A thread for which others wait while it waits for no thread that is known.</summary>
/// <param name="Position">Its zero-based position in the input; null when it is none of its threads.</param>
/// <param name="SystemId">The operating system's id.</param>
/// <param name="Behind">How many threads it holds up.</param>
/// <param name="Proof"><c>certain</c> or <c>likely</c>: the weakest of the links between.</param>
public sealed record RowHead(int? Position, uint SystemId, int Behind, string Proof);
