using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>What one word of a candidate says for or against it.</summary>
/// <param name="Weight">High: it agrees with a known address or with code. Medium: it is where it should be. Low: nothing is known to compare with. Null: it contradicts.</param>
/// <param name="Reason">What was compared, in a few words.</param>
/// <param name="IsCertain">False where a contradiction has, rarely, another cause.</param>
internal readonly record struct FieldCheck(Confidence? Weight, string Reason, bool IsCertain = true)
{
    public bool Contradicts => Weight is null;

    public static FieldCheck Against(string reason) => new(null, reason);

    /// <summary>A contradiction that has, rarely, another cause.</summary>
    public static FieldCheck Doubted(string reason) => new(null, reason, IsCertain: false);
}
