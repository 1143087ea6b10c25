using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// The code that all system calls of 32-bit code share, called by the stubs: <c>sysenter</c> on 32-bit Windows, the gate to 64-bit code
/// under WoW64. Names from the export tables of ntdll (XP to 11) and from printed stacks.
/// </summary>
public static class FastSystemCall
{
    /// <summary>Where a system call of 32-bit Windows returns to, since XP.</summary>
    internal const string Return = "KiFastSystemCallRet";

    private const string KernelEntry = "KiFastCallEntry";

    /// <summary>Whether only 32-bit Windows has a function of this name.</summary>
    /// <param name="function">A function's name, as printed.</param>
    public static bool IsOf32BitWindows(string? function) => FunctionName.Of(function) is var name && (name.Is(Return) || name.Is(KernelEntry));

    /// <summary>Whether it is such code in ntdll.</summary>
    internal static bool IsInNtdll(FunctionName name) =>
        name.Is(Return) || name.Is("KiFastSystemCall") || name.Is("KiIntSystemCall") || name.Is("Wow64SystemServiceCall");

    /// <summary>Whether it is the stub in the shared user data page, through which XP's first system calls went.</summary>
    internal static bool IsInSharedPage(FunctionName name) => name.Is("SystemCallStub");

    /// <summary>Whether the kernel is entered from user mode by this function: <c>KiSystemServiceCopyEnd</c> (x64), <c>KiFastCallEntry</c> (x86).</summary>
    internal static bool IsKernelEntry(FunctionName name) => name.StartsWith("KiSystemService") || name.StartsWith(KernelEntry);
}
