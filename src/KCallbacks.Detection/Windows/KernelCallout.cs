namespace KCallbacks.Detection.Windows;

/// <summary>How the kernel leaves for user mode in a callback: names of ntoskrnl's public symbols, as kernel debuggers print them on x86.</summary>
public static class KernelCallout
{
    /// <summary>The kernel function that leaves for the callback and in which the kernel half waits for its return.</summary>
    public const string Function = "KiCallUserMode";

    /// <summary>The kernel's variable that holds the address of the dispatcher in ntdll.</summary>
    public const string DispatcherVariable = "KeUserCallbackDispatcher";
}
