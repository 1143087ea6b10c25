namespace KCallbacks.Detection.Routines;

/// <summary>The routine of a callback.</summary>
/// <param name="Name"><c>module!function</c> as a debugger prints it.</param>
/// <param name="Source">Where the name comes from.</param>
internal readonly record struct NamedRoutine(string Name, RoutineSource Source);
