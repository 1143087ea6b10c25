namespace KCallbacks.Detection.Windows.Routines;

/// <summary>
/// The routines of Windows 10 by purpose: those of Windows 11 with what differs, by the code of user32 10586.1176, 14393.351,
/// 16299.1448, 17763.168, 18362.836, 19041.1503 and .4239. Where the linker folded identical functions, a debugger prints the name of
/// another entry: <c>fnPOUTLPINT</c> for 0x08, <c>fnINOUTLPPOINT5</c> for 0x16.
/// </summary>
internal static class Windows10Routines
{
    /// <summary>2004 to 22H2.</summary>
    public static readonly RoutineTable From2004 = new(19041, 19045, Windows11Routines.From21H2.Names[..0x81]
        .SetItem(0x34, "fnKEYBOARDCORRECTIONCALLOUT"));

    /// <summary>1903 and 1909.</summary>
    public static readonly RoutineTable From1903 = new(18362, 18363, From2004.Names[..0x80]);

    /// <summary>1809.</summary>
    public static readonly RoutineTable From1809 = new(17763, 17763, From1903.Names.SetItem(0x37, "xxxClientCallDevCallbackCapture"));

    /// <summary>1709 has two routines more, at 0x78 and 0x7a, which nothing names; what followed them later is one or two higher.</summary>
    public static readonly RoutineTable From1709 = new(16299, 16299, From1809.Names
        .SetItem(0x33, RoutineTable.Unnamed)
        .Insert(0x78, RoutineTable.Unnamed)
        .SetItem(0x79, "xxxClientBroadcastThemeChange")
        .SetItem(0x7a, RoutineTable.Unnamed)
        .SetItem(0x7b, RoutineTable.Unnamed)
        .SetItem(0x7c, "xxxClientCallDevCallbackSimple")
        .SetItem(0x7d, "xxxClientAllocWindowClassExtraBytes")
        .SetItem(0x7e, "xxxClientFreeWindowClassExtraBytes")
        .SetItem(0x7f, "fnGETWINDOWDATA")
        .SetItem(0x80, "fnINOUTSTYLECHANGE"));

    /// <summary>1607.</summary>
    public static readonly RoutineTable From1607 = new(14393, 14393, From1709.Names[..0x77]
        .SetItem(0x37, "xxxClientCallDitThread")
        .SetItem(0x38, "xxxClientEnableMMCSS")
        .SetItem(0x39, "xxxClientUpdateDpi")
        .SetItem(0x3a, "xxxClientBroadcastThemeChange"));

    /// <summary>1511 lacks an entry before xxxClientExpandStringW: what follows is one lower.</summary>
    public static readonly RoutineTable From1511 = new(10586, 10586, From1607.Names
        .RemoveAt(0x3a)
        .SetItem(0x38, RoutineTable.Unnamed)
        .SetItem(0x39, RoutineTable.Unnamed));
}
