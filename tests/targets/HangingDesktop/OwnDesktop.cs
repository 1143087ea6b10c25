using System.Runtime.InteropServices;

namespace HangingDesktop;

/// <summary>
/// A desktop for the windows of this program. Under Wine a desktop has the display of the program that came first, and the one that all
/// share may have none.
/// </summary>
internal static partial class OwnDesktop
{
    private const uint GENERIC_ALL = 0x1000_0000;

    private static readonly nint Desktop = IsWine() ? CreateDesktopW($"kcallbacks-{Environment.ProcessId}", 0, 0, 0, GENERIC_ALL, 0) : 0;

    /// <summary>Moves the calling thread there, which has no windows yet.</summary>
    public static void Enter()
    {
        // A thread that COM gave a window stays where it is.
        if (Desktop != 0)
            _ = SetThreadDesktop(Desktop);
    }

    private static bool IsWine() => NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll"), "wine_get_version", out _);

    [LibraryImport("user32", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateDesktopW(string name, nint device, nint mode, uint flags, uint access, nint security);

    [LibraryImport("user32")]
    private static partial int SetThreadDesktop(nint desktop);
}
