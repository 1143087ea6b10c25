namespace KCallbacks.Detection.Windows;

/// <summary>Arguments of <c>NtAlpcSendWaitReceivePort</c> (phnt's ntlpcapi.h).</summary>
internal static class PortCall
{
    /// <summary>Index of the port's handle.</summary>
    public const int HandleArgument = 0;

    /// <summary>Index of the flags.</summary>
    public const int FlagsArgument = 1;

    /// <summary>The flag of a client that sends a request and waits for its answer: ALPC_MSGFLG_SYNC_REQUEST.</summary>
    public const ulong SynchronousRequest = 0x2_0000;
}
