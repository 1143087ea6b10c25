using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>Whether the engine has something that can be scanned now.</summary>
public static class SessionCheck
{
    /// <summary>Says what kind of session there is.</summary>
    /// <exception cref="SessionException">There is none that can be scanned; the message says what to do.</exception>
    public static DebuggeeClass Demand(DebugEngine engine)
    {
        DebuggeeClass kind = engine.Control.TryGetDebuggeeType(out DebuggeeClass found, out _).Succeeded ? found : DebuggeeClass.Uninitialized;
        if (kind == DebuggeeClass.Uninitialized)
            throw new SessionException("There is no session. Open a dump or attach to a process first.");
        if (kind == DebuggeeClass.ImageFile)
            throw new SessionException("This session shows a program file, which has no threads. Open a dump or attach to a process.");

        ExecutionStatus status = engine.Control.TryGetExecutionStatus(out ExecutionStatus current).Succeeded ? current : ExecutionStatus.NoDebuggee;
        return status switch
        {
            ExecutionStatus.Break when engine.SystemObjects.TryGetNumberThreads(out uint threads).Succeeded && threads > 0 => kind,
            ExecutionStatus.Break or ExecutionStatus.NoDebuggee => throw new SessionException(
                "The session has no process: it ended, or the dump did not open. Open a dump or attach to a process."),
            _ => throw new SessionException("The target is running. Break in first (Ctrl+Break, or Debug > Break)."),
        };
    }
}
