using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>A callback as one kind of evidence shows it.</summary>
/// <param name="Callback">The callback.</param>
/// <param name="IsProof">False when it may be over, or never was.</param>
/// <param name="Place">The stretch of the stack in which its callback frame must lie; null when not known.</param>
/// <param name="Frame">Its callback frame; null when only walked frames show it.</param>
internal sealed record CallbackCandidate(Callback Callback, bool IsProof, StackRange? Place, CallbackFrame? Frame = null);
