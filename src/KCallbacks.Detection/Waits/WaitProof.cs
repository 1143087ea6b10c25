namespace KCallbacks.Detection.Waits;

/// <summary>How sure it is that a thread waits for an object and its owner.</summary>
public enum WaitProof
{
    /// <summary>The object is known at most; who must let go is not.</summary>
    Unknown,

    /// <summary>One link is inferred.</summary>
    Likely,

    /// <summary>The call itself names the object, and the object names an owner that is a thread of the target.</summary>
    Certain,
}
