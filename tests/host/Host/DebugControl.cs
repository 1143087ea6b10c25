namespace KCallbacks.EngineHost;

/// <summary>IDebugControl4 of <c>dbgeng.h</c>: commands, execution, interrupts.</summary>
internal sealed unsafe class DebugControl(nint pointer) : ComObject(pointer)
{
    public static readonly Guid InterfaceId = new("94e60ce9-9b41-4b19-9fc0-6d9eb35272b3");

    private const uint InterruptActive = 0;      // DEBUG_INTERRUPT_ACTIVE
    private const uint AllClients = 1;           // DEBUG_OUTCTL_ALL_CLIENTS
    private const uint ExecuteDefault = 0;       // DEBUG_EXECUTE_DEFAULT
    private const uint InitialBreak = 0x20;      // DEBUG_ENGOPT_INITIAL_BREAK
    private const uint StatusBreak = 6;          // DEBUG_STATUS_BREAK
    private const uint StatusNoDebuggee = 7;     // DEBUG_STATUS_NO_DEBUGGEE

    private static class Slot
    {
        public const int SetInterrupt = 4;
        public const int GetExecutionStatus = 49;
        public const int AddEngineOptions = 54;
        public const int WaitForEvent = 93;
        public const int ExecuteWide = 133;
    }

    /// <summary>Whether the target runs, so that the engine has to be waited for.</summary>
    public bool TargetRuns
    {
        get
        {
            uint status;
            EngineException.ThrowIfFailed(((delegate* unmanaged<nint, uint*, int>)Method(Slot.GetExecutionStatus))(Pointer, &status), "GetExecutionStatus");
            return status < StatusBreak && status < StatusNoDebuggee;
        }
    }

    /// <summary>Has a live target stop when the engine gets hold of it; without, the first wait never ends.</summary>
    public void StopAtInitialBreak() =>
        EngineException.ThrowIfFailed(((delegate* unmanaged<nint, uint, int>)Method(Slot.AddEngineOptions))(Pointer, InitialBreak));

    public void WaitForEvent()
    {
        const uint forever = uint.MaxValue;
        EngineException.ThrowIfFailed(((delegate* unmanaged<nint, uint, uint, int>)Method(Slot.WaitForEvent))(Pointer, 0, forever));
    }

    /// <summary>Runs a command. Its HRESULT is an answer to the caller of the host, hence not thrown.</summary>
    public int Execute(string command)
    {
        fixed (char* text = command)
            return ((delegate* unmanaged<nint, uint, char*, uint, int>)Method(Slot.ExecuteWide))(Pointer, AllClients, text, ExecuteDefault);
    }

    /// <summary>Ctrl+Break. The only method that another thread may call.</summary>
    public void SetInterrupt() =>
        _ = ((delegate* unmanaged<nint, uint, int>)Method(Slot.SetInterrupt))(Pointer, InterruptActive);
}
