using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>What one word of a candidate says for or against it.</summary>
/// <param name="Weight">High: it agrees with a known address or with code. Medium: it is where it should be. Low: nothing is known to compare with. Null: it contradicts.</param>
/// <param name="Reason">What was compared, in a few words.</param>
internal readonly record struct FieldCheck(Confidence? Weight, string Reason)
{
    public bool Contradicts => Weight is null;

    public static FieldCheck Against(string reason) => new(null, reason);
}
