
namespace KCallbacks.Detection.Routines;

/// <summary>Where the name of a routine comes from.</summary>
internal enum RoutineSource
{
    /// <summary>The symbol of the entry in the process's own table.</summary>
    Symbol,

    /// <summary>A name table of the Windows build.</summary>
    NameTable,
}
