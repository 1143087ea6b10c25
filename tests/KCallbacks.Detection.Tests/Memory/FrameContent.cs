using KCallbacks.Detection.Memory;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>What callback frames say, without how far that is believed.</summary>
internal static class FrameContent
{
    public static List<CallbackFrame> Of(IEnumerable<CallbackFrame> frames) =>
        [.. frames.Select(frame => frame with { Confidence = default, ConfidenceReason = "", Liveness = default, LivenessReason = "", IsDoubted = false })];
}
