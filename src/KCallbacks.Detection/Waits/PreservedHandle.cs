using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// The handle that <c>WaitForSingleObjectEx</c> keeps in a preserved register during its system call, where the context does not show
/// the call's own argument, as on Windows 7. Which register it is was read from the code of KernelBase by build, so it is no proof.
/// </summary>
internal static class PreservedHandle
{
    private const ulong Largest = 0x1_0000;
    private const ulong Alignment = 4;

    /// <summary>The handle and what shows it; null when the thread does not stand in that function, or the register holds no handle.</summary>
    public static (ulong Handle, string Evidence)? Of(BlockedThread thread)
    {
        if (thread is not { Architecture: Architecture.X64, Process: { IsWine: false, WindowsBuild: { } build } })
            return null;
        if (thread.Stack is not { Registers: { } registers, Frames: [_, var caller, ..] })
            return null;
        bool isInWait = ModuleName.Recognise(caller.Module) == SystemModule.Kernel32 && FunctionName.Of(caller.Function).Is(LockFunctions.WaitForObject);
        if (!isInWait || thread.Call.Blocking != BlockingService.Object || BlockedContext.HandleOfSingleWait(build, registers) is not { } handle)
            return null;
        return handle is > 0 and < Largest && handle % Alignment == 0 ? (handle, "a register that WaitForSingleObjectEx keeps the handle in") : null;
    }
}
