using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// The functions of user32 that take messages from the queue. They enter the kernel and return; window procedures run inside them only
/// when the kernel calls back (documented for sent messages: "Using Messages and Message Queues").
/// </summary>
internal static class MessageRetrieval
{
    /// <summary>GetMessage and WaitMessage are shorter than this on every build; further off, the name is another function's nearest export.</summary>
    private const ulong LongestGet = 0x100;

    /// <summary>PeekMessage has a path of its own for wake bits: 0x1df on Windows 11.</summary>
    private const ulong LongestPeek = 0x200;

    /// <summary>Whether a function of user32 is one of them.</summary>
    public static bool Is(FunctionName name, ulong? displacement) =>
        (displacement is null or <= LongestGet && (name.Is("GetMessageA") || name.Is("GetMessageW") || name.Is("WaitMessage")))
        || (displacement is null or <= LongestPeek && (name.Is("PeekMessageA") || name.Is("PeekMessageW")));

    /// <summary>Whether a function of user32 calls window or hook procedures, so that it cannot be called by one that takes messages.</summary>
    public static bool IsCallerOfProcedures(FunctionName name) =>
        name.StartsWith("UserCallWinProc")
        || name.StartsWith(WindowProcedureCall.Name)
        || name.StartsWith("DispatchClientMessage")
        || name.StartsWith("DispatchMessageWorker")
        || name.StartsWith("DispatchHook")
        || name.StartsWith("CallHookWithSEH");
}
