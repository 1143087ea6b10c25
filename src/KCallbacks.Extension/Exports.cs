using System.Runtime.InteropServices;

namespace KCallbacks.Extension;

/// <summary>What the debug engine finds in <c>kcallbacks.dll</c> by name. No exception may leave these functions.</summary>
internal static unsafe class Exports
{
    private const int Ok = 0;
    private const uint Version1_0 = 0x0001_0000;

    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionInitialize")]
    public static int Initialize(uint* version, uint* flags)
    {
        *version = Version1_0;
        *flags = 0;
        return Ok;
    }

    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionUninitialize")]
    public static void Uninitialize()
    {
    }

    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionNotify")]
    public static void Notify(uint reason, ulong argument)
    {
    }

    /// <summary><c>!kcallbacks</c>.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="arguments">What the user typed behind the command, ANSI.</param>
    [UnmanagedCallersOnly(EntryPoint = "kcallbacks")]
    public static int KCallbacks(nint client, byte* arguments)
    {
        if (client == 0)
            return unchecked((int)0x80070057);
        try
        {
            EngineOutput.WriteLine(client, $"kcallbacks {typeof(Exports).Assembly.GetName().Version}, {RuntimeInformation.FrameworkDescription}");
            return Ok;
        }
        catch (Exception exception)
        {
            return exception.HResult;
        }
    }
}
