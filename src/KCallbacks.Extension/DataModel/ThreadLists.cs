using KCallbacks.DbgEng.DataModel;

namespace KCallbacks.Extension.DataModel;

/// <summary>Make the objects of what a thread has several of.</summary>
/// <param name="Callbacks">Of its callbacks.</param>
/// <param name="Waits">Of what it waits for.</param>
/// <param name="Threads">Of other threads.</param>
internal sealed record ThreadLists(
    Func<IReadOnlyList<JudgedCallback>, ModelObject> Callbacks,
    Func<IReadOnlyList<JudgedWait>, ModelObject> Waits,
    Func<IReadOnlyList<JudgedThread>, ModelObject> Threads);
