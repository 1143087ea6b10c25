namespace KCallbacks.DbgEng;

/// <summary>What the engine is asked for that no method of its own is for (<c>DEBUG_REQUEST_*</c>).</summary>
internal enum EngineRequest : uint
{
    /// <summary>A stream of the user-mode dump that the current process is in.</summary>
    ReadUserMinidumpStream = 7,
}
