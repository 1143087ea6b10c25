namespace KCallbacks.DbgEng;

/// <summary>The streams of a user-mode minidump (<c>MINIDUMP_STREAM_TYPE</c> of <c>minidumpapiset.h</c>) that are read here; others have their own numbers.</summary>
public enum DumpStream : uint
{
    /// <summary>The threads, with their TEBs and where their stacks and contexts lie in the file.</summary>
    ThreadList = 3,

    /// <summary>The handles of the process.</summary>
    HandleData = 12,
}
