namespace KCallbacks.Detection.Memory;

/// <summary>Stack bytes with the form of a callback frame that no running callback can have left there.</summary>
/// <param name="Address">Where it lies; the same meaning as <see cref="CallbackFrame.Address"/>.</param>
/// <param name="Reason">The witness against it, in a few words.</param>
public readonly record struct RejectedFrame(ulong Address, string Reason);
