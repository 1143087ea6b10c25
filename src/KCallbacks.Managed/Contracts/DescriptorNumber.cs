namespace KCallbacks.Managed.Contracts;

/// <summary>A number in a descriptor: an offset, a version, a global.</summary>
/// <param name="Value">Its value, or of a global its index among the descriptor's pointers.</param>
/// <param name="IsIndirect">Whether it is such an index.</param>
internal sealed record DescriptorNumber(ulong Value, bool IsIndirect);
