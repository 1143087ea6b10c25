namespace KCallbacks.Reports.Comparing;

/// <summary>What became of a thread from one capture to the next.</summary>
public enum Change
{
    /// <summary>It waits as before: the same callbacks, at the same addresses and with the same input, and the same wait.</summary>
    Same,

    /// <summary>It stands in the same function of the same callbacks, but what it waits for, or where these lie on the stack, is not known of both.</summary>
    LikelySame,

    /// <summary>It waits in both, in no callback, and what for is not known: it may be the same wait or another.</summary>
    Unknown,

    /// <summary>It is there, in a callback or blocked, but not as before.</summary>
    Moved,

    /// <summary>It is new in a callback or blocked.</summary>
    Came,

    /// <summary>It was in a callback or blocked, and is not there any more or goes on.</summary>
    Went,

    /// <summary>It is in both captures and hangs in neither.</summary>
    Quiet,
}
