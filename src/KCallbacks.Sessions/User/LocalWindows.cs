using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>Asks the system itself whose windows are. Only of use where the process runs on this machine.</summary>
/// <param name="processId">The process.</param>
internal sealed partial class LocalWindows(uint processId) : IWindowView
{
    /// <summary>The system of a live process of this machine; null for dumps and for processes of other machines.</summary>
    /// <param name="engine">The session.</param>
    public static LocalWindows? Of(DebugEngine engine) =>
        OperatingSystem.IsWindows()
        && engine.Control.TryGetDebuggeeType(out DebuggeeClass kind, out DebuggeeQualifier qualifier).Succeeded
        && kind == DebuggeeClass.UserWindows
        && qualifier == DebuggeeQualifier.Live
        && engine.SystemObjects.TryGetCurrentProcessSystemId(out uint process).Succeeded
            ? new LocalWindows(process)
            : null;

    /// <inheritdoc/>
    public WindowOwner? OwnerOf(ulong window) => GetWindowThreadProcessId((nint)window, out uint owner) is > 0 and var thread
        ? new WindowOwner(thread, owner == processId ? null : owner, "the system names the window's thread")
        : null;

    [LibraryImport(SystemModules.User32)]
    private static partial uint GetWindowThreadProcessId(nint window, out uint processId);
}
