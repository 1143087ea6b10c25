namespace KCallbacks.Scanning.Unwinding;

/// <summary>A function that a runtime made.</summary>
/// <param name="Base">What the offsets in its table are relative to.</param>
/// <param name="Size">Bytes from there on that may be code or unwind data.</param>
/// <param name="Table">Its RUNTIME_FUNCTION entries, sorted: of its body and its exception handlers.</param>
public sealed record GeneratedFunction(ulong Base, uint Size, byte[] Table);
