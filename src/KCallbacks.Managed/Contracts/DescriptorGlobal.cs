namespace KCallbacks.Managed.Contracts;

/// <summary>A global of a descriptor.</summary>
/// <param name="Value">Its value, or its index among the descriptor's pointers.</param>
/// <param name="IsIndirect">Whether it is such an index.</param>
internal readonly record struct DescriptorGlobal(ulong Value, bool IsIndirect);
