using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Which number the debugger gave to which thread of the system, as far as the text tells. Numbers of several sessions tell nothing.</summary>
internal sealed class ThreadNumbers
{
    /// <summary>Numbers remembered; no process has more threads.</summary>
    private const int Most = 1 << 16;

    private readonly Dictionary<uint, uint?> _systemIds = [];
    private readonly Dictionary<uint, uint?> _engineIds = [];

    /// <summary>Takes both numbers of a thread, if both are known.</summary>
    public void Note(uint? engineId, uint? systemId)
    {
        if (engineId is not { } engine || systemId is not { } system || _systemIds.Count >= Most)
            return;
        Note(_systemIds, engine, system);
        Note(_engineIds, system, engine);
    }

    /// <summary>The thread with the number it lacks, if it is known.</summary>
    public ThreadIdentity Complete(ThreadIdentity thread) => thread switch
    {
        { EngineId: { } engine, SystemId: null } => thread with { SystemId = _systemIds.GetValueOrDefault(engine) },
        { EngineId: null, SystemId: { } system } when _engineIds.GetValueOrDefault(system) is { } engine => thread with
        {
            EngineId = engine,
            // Where the text gives nothing but the system's id, the debugger's number is the better name.
            Printed = thread.Printed == system.ToString("x", CultureInfo.InvariantCulture) ? engine.ToString(CultureInfo.InvariantCulture) : thread.Printed,
        },
        _ => thread,
    };

    private static void Note(Dictionary<uint, uint?> known, uint from, uint to) =>
        known[from] = known.TryGetValue(from, out uint? before) && before != to ? null : to;
}
