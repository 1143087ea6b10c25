using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>Asks the system itself whose windows are. Only of use where the process runs on this machine.</summary>
/// <param name="processId">The process.</param>
internal sealed partial class LocalWindows(uint processId) : IWindowView
{
    private const string Evidence = "the system names the window's thread";

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
    public WindowOwner? OwnerOf(ulong window)
    {
        if (GetWindowThreadProcessId((nint)window, out uint owner) is not (> 0 and var thread))
            return null;
        return owner == processId
            ? new WindowOwner(thread, null, Evidence)
            : new WindowOwner(thread, owner, Evidence, RunningProgram.NameOf(owner));
    }

    [LibraryImport(SystemModules.User32)]
    private static partial uint GetWindowThreadProcessId(nint window, out uint processId);
}
