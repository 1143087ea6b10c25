using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>Spellings and displacements of the callback dispatcher.</summary>
internal static class DispatcherName
{
    /// <summary>No dispatcher is longer: 0x3b on x64 Windows, 0xda under Wine. Further off, the name is another function's nearest export.</summary>
    private const ulong LongestDispatcher = 0x100;

    private const ulong LongestReturnPath = 0x40;

    /// <summary>Reads a name in ntdll.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="displacement">Its displacement; null when not known.</param>
    public static DispatcherFit Fit(FunctionName name, ulong? displacement)
    {
        if (!name.StartsWith("KiUserCallbackDispatch") && !name.Is("LdrDelegatedKiUserCallbackDispatcher"))
            return DispatcherFit.No;
        if (name.Is("KiUserCallbackDispatcherContinue") || name.Is("KiUserCallbackDispatcherReturn"))
            return displacement is null or <= LongestReturnPath ? DispatcherFit.ReturnLabel : DispatcherFit.No;
        if (!name.Is("KiUserCallbackDispatcher") && !name.Is("KiUserCallbackDispatch") && !name.Is("LdrDelegatedKiUserCallbackDispatcher"))
            return DispatcherFit.No;

        return displacement switch
        {
            null or 0 => DispatcherFit.NameOnly, // some tools print 0 for none; a breakpoint on the dispatcher has 0
            0x13 or 0x2e or 0x36 or 0x4d => DispatcherFit.ReturnDisplacement, // x86: 2000-2003, 2003 SP1-7, 8.1-14393, 15063 and later
            0x1f or 0x24 => DispatcherFit.ReturnDisplacement, // x64: 7-8.1, 10-11
            0x12 or 0x2d or 0x35 or 0x4c or 0x1e or 0x23 => DispatcherFit.ReturnDisplacement, // tools that print the call, return - 1
            0xc3 or 0xcf => DispatcherFit.ReturnDisplacement, // Wine 8: return of the routine, of NtCallbackReturn
            <= LongestDispatcher => DispatcherFit.OtherDisplacement,
            _ => DispatcherFit.No,
        };
    }
}
