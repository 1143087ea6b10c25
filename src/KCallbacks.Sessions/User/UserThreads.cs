using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.User;

/// <summary>The threads of a user-mode session's processes, by the operating system's ids.</summary>
public static class UserThreads
{
    /// <summary>Lists them; what the user has selected stays selected.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="ofAll">Whether those of all processes are wanted, and not only those of the current one.</param>
    /// <exception cref="EngineCallException">There is no process.</exception>
    public static IReadOnlyList<(uint ThreadId, uint ProcessId)> Of(DebugEngine engine, bool ofAll)
    {
        if (!ofAll)
            return OfCurrent(engine);
        using SavedSelection selection = SavedSelection.Save(engine);
        List<(uint, uint)> threads = [];
        foreach (uint process in ProcessIds(engine))
        {
            engine.SystemObjects.SetCurrentProcessId(process);
            threads.AddRange(OfCurrent(engine));
        }

        return threads;
    }

    private static (uint ThreadId, uint ProcessId)[] OfCurrent(DebugEngine engine)
    {
        engine.SystemObjects.TryGetCurrentProcessSystemId(out uint process).ThrowIfFailed("GetCurrentProcessSystemId");
        int count = engine.SystemObjects.GetNumberThreads();
        uint[] ids = new uint[count], systemIds = new uint[count];
        engine.SystemObjects.GetThreadIds(ids, systemIds);
        return [.. systemIds.Select(thread => (thread, process))];
    }

    private static uint[] ProcessIds(DebugEngine engine)
    {
        engine.SystemObjects.TryGetNumberProcesses(out uint number).ThrowIfFailed("GetNumberProcesses");
        uint[] ids = new uint[number], systemIds = new uint[number];
        engine.SystemObjects.TryGetProcessIds(ids, systemIds).ThrowIfFailed("GetProcessIdsByIndex");
        return ids;
    }
}
