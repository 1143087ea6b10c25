namespace KCallbacks.Detection.Windows;

/// <summary>Types of kernel objects, as far as waits differ by them.</summary>
public enum HandleType
{
    /// <summary>Another, or not known.</summary>
    Other,

    /// <summary>Thread.</summary>
    Thread,

    /// <summary>Process.</summary>
    Process,

    /// <summary>Mutex, which the kernel calls mutant.</summary>
    Mutex,

    /// <summary>Event.</summary>
    Event,

    /// <summary>Semaphore.</summary>
    Semaphore,

    /// <summary>Timer.</summary>
    Timer,

    /// <summary>File or device.</summary>
    File,

    /// <summary>Port of a local procedure call.</summary>
    Port,
}

/// <summary>Knows the types by the names that the kernel gives them.</summary>
internal static class HandleTypes
{
    /// <summary>The type of a name; another for one that waits do not differ by, or none.</summary>
    public static HandleType Of(string? typeName) => typeName switch
    {
        nameof(HandleType.Thread) => HandleType.Thread,
        nameof(HandleType.Process) => HandleType.Process,
        "Mutant" => HandleType.Mutex,
        nameof(HandleType.Event) => HandleType.Event,
        nameof(HandleType.Semaphore) => HandleType.Semaphore,
        nameof(HandleType.Timer) => HandleType.Timer,
        nameof(HandleType.File) => HandleType.File,
        "ALPC Port" => HandleType.Port,
        _ => HandleType.Other,
    };
}
