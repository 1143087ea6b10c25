using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>Names of the outermost frames of threads.</summary>
internal static class ThreadStartName
{
    /// <summary>Whether every thread, or the process's first one, begins in user mode with this function.</summary>
    public static bool IsUser(FunctionName name) =>
        name.Is("RtlUserThreadStart")
        || name.Is("BaseThreadInitThunk")
        || name.Is("BaseThreadStart")
        || name.Is("BaseThreadStartThunk")
        || name.Is("BaseProcessStart")
        || name.Is("BaseProcessStartThunk")
        || name.Is("BaseProcessInitPostImport")
        || name.Is("KernelBaseThreadStart")
        || name.Is("LdrInitializeThunk")
        || name.Is("LdrpInitialize")
        || name.Is("Wow64LdrpInitialize")
        || name.Is("CsrApiRequestThread");

    /// <summary>Whether a thread of the system begins with this function; the idle thread counts as one.</summary>
    public static bool IsSystem(FunctionName name) =>
        name.Is("PspSystemThreadStartup")
        || name.Is("KiStartSystemThread")
        || name.Is("KxStartSystemThread")
        || name.Is("KiIdleLoop")
        || name.Is("Phase1Initialization");
}
