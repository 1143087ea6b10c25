namespace KCallbacks.Detection.Routines;

/// <summary>Where the name of a routine comes from.</summary>
internal enum RoutineSource
{
    /// <summary>The symbol of the entry in the process's own table.</summary>
    Symbol,

    /// <summary>What an x86 routine did with its input.</summary>
    Input,

    /// <summary>A name table of the Windows build.</summary>
    NameTable,
}

/// <summary>The routine of a callback.</summary>
/// <param name="Name"><c>module!function</c> as a debugger prints it.</param>
/// <param name="Source">Where the name comes from.</param>
internal readonly record struct NamedRoutine(string Name, RoutineSource Source);
