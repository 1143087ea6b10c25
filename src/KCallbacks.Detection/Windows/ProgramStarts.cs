using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Functions of the C and C++ runtimes that stand between the start of a thread and the function that the program gave it: names as
/// debuggers print them (vcruntime and ucrt sources of Visual Studio 2015 to 2022, msvcrt).
/// </summary>
internal static class ProgramStarts
{
    /// <summary>Whether a function only starts the program's own one.</summary>
    public static bool Has(FunctionName name) =>
        name.StartsWith("scrt_common_main")
        || name.Is("invoke_main")
        || name.Is("mainCRTStartup")
        || name.Is("wmainCRTStartup")
        || name.Is("WinMainCRTStartup")
        || name.Is("wWinMainCRTStartup")
        || name.Is("tmainCRTStartup")
        || name.Is("invoke_thread_procedure")
        || name.Is("thread_start")
        || name.StartsWith("callthreadstart")
        || name.StartsWith("threadstart");
}
