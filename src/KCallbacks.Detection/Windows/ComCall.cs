using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Threads in calls of COM. The caller of a thread that serves a call stands in SOleTlsData, to which TEB.ReservedForOle points: the same
/// in the code of CoGetCallerTID of combase from Windows 8 to Server 2022.
/// </summary>
/// <param name="State">Offset of ReservedForOle in the TEB.</param>
/// <param name="Caller">Offset of dwTIDCaller in SOleTlsData: the system id of the thread whose call is served; 0 for none.</param>
internal readonly record struct ComCall(uint State, uint Caller)
{
    /// <summary>On x64.</summary>
    public static readonly ComCall X64 = new(0x1758, 0x58);

    /// <summary>On x86.</summary>
    public static readonly ComCall X86 = new(0xf80, 0x34);

    private const int FirstBuild = 9200;
    private const int LastBuild = 20348;

    private static readonly string[] Functions = ["CSyncClientCall", "CCliModalLoop", "ThreadSendReceive", "ModalLoop", "CRpcChannelBuffer"];

    /// <summary>Whether the layout of a build was read.</summary>
    public static bool IsKnown(int? build) => build is >= FirstBuild and <= LastBuild;

    /// <summary>Whether a module is that of COM, in which callers wait.</summary>
    public static bool IsModule(string? module) => ModuleName.Plain(module).Equals("combase", StringComparison.OrdinalIgnoreCase)
        || ModuleName.Plain(module).Equals("ole32", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a function of COM waits for the answer to a call.</summary>
    public static bool IsWaiting(string? function)
    {
        FunctionName name = FunctionName.Of(function);
        foreach (string waiting in Functions)
        {
            if (name.StartsWith(waiting))
                return true;
        }

        return false;
    }
}
