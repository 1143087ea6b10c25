using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// The functions with which threads begin. Names as debuggers print them for the outermost frames of whole stacks, XP to 11; those
/// of the kernel also in ntoskrnl's public symbols.
/// </summary>
public static class ThreadStarts
{
    /// <summary>The loader's first function, with which the first thread of a process begins, and the 64-bit half of a WoW64 thread.</summary>
    internal const string Loader = "LdrInitializeThunk";

    /// <summary>Whether threads begin with this function: a walk whose outermost frame is another did not reach the start.</summary>
    /// <param name="function">A function's name, as printed.</param>
    public static bool Has(string? function) => FunctionName.Of(function) is var name && (IsUser(name) || IsSystem(name));

    /// <summary>Whether nothing but another start stands further out than this function, by whatever name.</summary>
    /// <param name="function">A function's name, as printed.</param>
    public static bool HasOutermost(string? function) =>
        FunctionName.Of(function) is var name && (IsOutermostUser(name) || IsOutermostSystem(name));

    /// <summary>Whether every thread, or the process's first one, begins in user mode with this function.</summary>
    internal static bool IsUser(FunctionName name) => IsOutermostUser(name) || IsCalledByUserStart(name);

    /// <summary>Whether a thread of the system begins with this function; the idle thread counts as one.</summary>
    internal static bool IsSystem(FunctionName name) => IsOutermostSystem(name) || name.Is("Phase1Initialization");

    private static bool IsOutermostUser(FunctionName name) =>
        name.Is("RtlUserThreadStart")
        || name.Is("BaseThreadStart")
        || name.Is("BaseProcessStart")
        || name.Is(Loader);

    private static bool IsOutermostSystem(FunctionName name) =>
        name.Is("PspSystemThreadStartup")
        || name.Is("KiStartSystemThread")
        || name.Is("KxStartSystemThread")
        || name.Is("KiThreadStartup")
        || name.Is("KiIdleLoop");

    /// <summary>One frame further out may stand a start that has no symbol, or a function of the loader.</summary>
    private static bool IsCalledByUserStart(FunctionName name) =>
        name.Is("BaseThreadInitThunk")
        || name.Is("BaseThreadStartThunk")
        || name.Is("BaseProcessStartThunk")
        || name.Is("BaseProcessInitPostImport")
        || name.Is("KernelBaseThreadStart")
        || name.Is("LdrpInitialize")
        || name.Is("Wow64LdrpInitialize")
        || name.Is("CsrApiRequestThread");
}
