namespace KCallbacks.Managed.Code;

/// <summary>A stretch of memory that holds managed code.</summary>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">The address after its last byte.</param>
/// <param name="Module">The runtime's <c>Module</c> whose image holds code compiled beforehand; 0 for code compiled as the process ran.</param>
/// <param name="Heap">Where the list of the latter's code heaps begins; 0 for the former.</param>
internal sealed record CodeRange(ulong Begin, ulong End, ulong Module, ulong Heap);
