namespace KCallbacks.Detection.Model;

/// <summary>Stack bytes with the form of a callback frame whose callback does not run.</summary>
/// <param name="Address">Where it lies; the same meaning as <see cref="Callback.Address"/>.</param>
/// <param name="Reason">The witness against it, in a few words.</param>
public sealed record RejectedFrame(ulong Address, string Reason);
