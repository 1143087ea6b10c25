using System.Globalization;

namespace KCallbacks.Detection.Windows;

/// <summary>
/// Names of system services of 64-bit Windows by number, as far as a number names one call on every machine of a build. 32-bit processes
/// of WoW64 use the same numbers.
/// </summary>
/// <remarks>
/// The numbers are those of the table of github.com/j00ru/windows-syscalls (commit 8a6806ac), held against the stubs of 39 x64 and 15
/// WoW64 images. Numbers above 0x60 of the kernel and above 0x1110 of the window manager change with monthly updates inside a
/// build, so they are left out; and so are the window manager's on 18362, 18363 and 20348, where the sources differ.
/// </remarks>
internal static class SystemServices
{
    /// <summary>Services of the window manager and the graphics device interface begin here; below are the kernel's.</summary>
    private const uint FirstGraphical = 0x1000;

    private const string NotStable = "-";

    private static readonly Lazy<Dictionary<uint, string>>[] KernelEras = [.. Enumerable.Range(0, 4).Select(era => new Lazy<Dictionary<uint, string>>(() => Parse(Kernel, era)))];
    private static readonly Lazy<Dictionary<uint, string>>[] GraphicalEras = [.. Enumerable.Range(0, 8).Select(era => new Lazy<Dictionary<uint, string>>(() => Parse(Graphical, era)))];

    /// <summary>Where the stub of a service is on Windows 10 and later.</summary>
    public static string ModuleOf(uint number) => number < FirstGraphical ? SystemModules.Ntdll : "win32u";

    /// <summary>The name without its prefix, for example <c>WaitForSingleObject</c>; null when the number is not stable or not known.</summary>
    /// <param name="number">The number, without the upper half that WoW64 uses for itself.</param>
    /// <param name="windowsBuild">The build; null when not known.</param>
    /// <param name="isWindows10">Whether something else shows Windows 10 or later, on which the kernel's numbers are the same everywhere.</param>
    public static string? NameOf(uint number, int? windowsBuild, bool isWindows10)
    {
        bool isGraphical = number >= FirstGraphical;
        int era = isGraphical ? GraphicalEra(windowsBuild) : KernelEra(windowsBuild, isWindows10);
        return era >= 0 && (isGraphical ? GraphicalEras : KernelEras)[era].Value.TryGetValue(number, out string? name) ? name : null;
    }

    private static int KernelEra(int? build, bool isWindows10) => build switch
    {
        null => isWindows10 ? 3 : -1,
        7600 or 7601 => 0,
        9200 => 1,
        9600 => 2,
        >= 10240 => 3,
        _ => -1,
    };

    private static int GraphicalEra(int? build) => build switch
    {
        7600 or 7601 => 0,
        9200 => 1,
        9600 => 2,
        10240 or 10586 => 3,
        14393 => 4,
        15063 or 16299 or 17134 or 17763 => 5,
        >= 19041 and <= 19045 => 6,
        >= 22000 and <= 26200 => 7,
        _ => -1,
    };

    /// <summary>One era of a table: the tool is gone before another one would be asked for.</summary>
    private static Dictionary<uint, string> Parse(string table, int era)
    {
        var names = new Dictionary<uint, string>();
        Span<Range> columns = stackalloc Range[16];
        foreach (ReadOnlySpan<char> row in table.AsSpan().EnumerateLines())
        {
            if (row.Split(columns, ' ') > era + 1 && row[columns[era + 1]] is var number && !number.SequenceEqual(NotStable))
                names.Add(uint.Parse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), row[columns[0]].ToString());
        }

        return names;
    }

    /// <summary>7 (7600, 7601), 8 (9200), 8.1 (9600), 10240 and later.</summary>
    private const string Kernel = """
        WorkerFactoryWorkerReady - 0 0 1
        WaitForSingleObject 1 2 3 4
        CallbackReturn 2 3 4 5
        ReadFile 3 4 5 6
        DeviceIoControlFile 4 5 6 7
        WriteFile 5 6 7 8
        RemoveIoCompletion 6 7 8 9
        ReplyWaitReceivePort 8 9 a b
        QueryInformationFile e f 10 11
        AllocateVirtualMemory 15 16 17 18
        WaitForMultipleObjects32 17 18 19 1a
        WriteFileGather 18 19 1a 1b
        FreeVirtualMemory 1b 1c 1d 1e
        ImpersonateClientOfPort 1c 1d 1e 1f
        RequestWaitReplyPort 1f 20 21 22
        SetInformationFile 24 25 26 27
        MapViewOfSection 25 26 27 28
        ReplyWaitReceivePortEx 28 29 2a 2b
        TerminateProcess 29 2a 2b 2c
        ReadFileScatter 2b 2c 2d 2e
        OpenFile 30 31 32 33
        DelayExecution 31 32 33 34
        QueryDirectoryFile 32 33 34 35
        FsControlFile 36 37 38 39
        QueryAttributesFile 3a 3b 3c 3d
        Continue 40 41 42 43
        QueueApcThread 42 43 44 45
        YieldExecution 43 44 45 46
        QueryVolumeInformationFile 46 47 48 49
        FlushBuffersFile 48 49 4a 4b
        ApphelpCacheControl 49 4a 4b 4c
        ProtectVirtualMemory 4d 4e 4f 50
        TerminateThread 50 51 52 53
        CreateFile 52 53 54 55
        WaitForMultipleObjects 58 59 5a 5b
        PowerInformation 5c 5d 5e 5f
        """;

    /// <summary>7, 8, 8.1, 10240 and 10586, 14393, 15063 to 17763, 19041 to 19045, 22000 to 26200.</summary>
    private const string Graphical = """
        UserYieldTask - 1000 1000 1001 1001 1001 - -
        UserPeekMessage 1001 1002 1003 1004 1004 1004 1001 1001
        UserCallOneParam 1002 1003 1004 1005 1005 1005 1002 -
        UserInvalidateRect 1004 1005 1006 1007 1007 1007 1004 1003
        UserCallNoParam 1005 1006 1007 1008 1008 1008 1005 -
        UserGetMessage 1006 1007 1008 1009 1009 1009 1006 1004
        UserMessageCall 1007 1008 1009 100a 100a 100a 1007 1005
        GdiBitBlt 1008 1009 100a 100b 100b 100b 1008 1006
        UserWaitMessage 100c 100d 100e 100f 100f 100f 100c 100a
        UserTranslateMessage 100d 100e 100f 1010 1010 1010 100d 100b
        UserPostMessage 100f 1010 1011 1012 1012 1012 100f 100d
        UserQueryWindow 1010 1011 1012 1013 1013 1013 1010 100e
        UserTranslateAccelerator 1011 1012 1013 1014 1014 1014 1011 100f
        GdiFlush 1012 1013 1014 1015 1015 1015 1012 1010
        UserRedrawWindow 1013 1014 1015 1016 1016 1016 1013 1011
        UserCallMsgFilter 1015 1016 1017 1018 1018 1018 1015 1013
        UserBeginPaint 1017 1018 1019 101a 101a 101a 1017 1015
        UserEndPaint 1019 101a 101b 101c 101c 101c 1019 1017
        UserSetCursor 101a 101b 101c 101d 101d 101d 101a 1018
        UserBuildHwndList 101c 101d 101e 101f 101f 101f 101c 101a
        UserCallNextHookEx 101e 101f 1020 1021 1021 1021 101e 101c
        UserHideCaret 101f 1020 1021 1022 1022 1022 101f 101d
        UserCallHwndLock 1021 1022 1023 1024 1024 1024 1021 -
        UserSetWindowPos 1024 1025 1026 1027 1027 1027 1024 1021
        UserShowCaret 1025 1026 1027 1028 1028 1028 1025 1022
        UserEndDeferWindowPosEx 1026 1027 1028 1029 1029 1029 1026 1023
        UserCallHwndParamLock 1027 1028 1029 102a 102a 102a 1027 -
        UserCallTwoParam 102a 102b 102c 102d 102d 102d 102a -
        UserNotifyWinEvent 102d 102e 102f 1030 1030 1030 102d 1028
        UserSetScrollInfo 1030 1031 1032 1033 1033 1033 1030 102b
        GdiStretchBlt 1031 1032 1033 1034 1034 1034 1031 102c
        UserCreateCaret 1032 1033 1034 1035 1035 1035 1032 102d
        UserDispatchMessage 1036 1037 1038 1039 1039 1039 1036 1031
        UserRegisterWindowMessage 1037 1038 1039 103a 103a 103a 1037 1032
        UserGetForegroundWindow 103c 103d 103e 103f 103f 103f 103c 1037
        UserGetAsyncKeyState 1044 1045 1046 1047 1047 1047 1044 103f
        UserSetCapture 1049 104a 104b 104c 104c 104c 1049 1044
        UserEnumDisplayMonitors 104a 104b 104c 104d 104d 104d 104a 1045
        UserGetIconInfo 104f 1050 1051 1052 1052 1052 104f 104a
        UserSetFocus 1051 1052 1053 1054 1054 1054 1051 104c
        UserDeferWindowPos 1053 - - - - - - -
        UserShowWindow 1058 1058 1059 105a 105a 105a 1057 1052
        UserSetWindowLong 105c 105c 105d 105e 105e 105e 105b 1056
        UserMoveWindow 105e 105e 105f 1060 1060 1060 105d 1058
        UserPostThreadMessage 105f 105f 1060 1061 1061 1061 105e 1059
        UserInternalGetWindowText 1063 1063 1064 1065 1065 1065 1062 105d
        UserGetWindowDC 1064 1064 1065 1066 1066 1066 1063 105e
        UserScrollDC 106b 106b 106c 106d 106d 106c 1069 1064
        UserUnhookWindowsHookEx 1070 1070 1071 1072 1072 1071 106e 1069
        UserCreateWindowEx 1076 1076 1077 1078 1078 1077 1074 106f
        UserSetParent 1077 1077 1078 1079 1079 1078 1075 1070
        UserGetControlBrush 107a 107a 107b 107c 107c 107b 1078 1073
        UserSendInput 1082 1082 1083 1084 1084 1082 107f 107a
        UserSetWindowsHookEx 108c 108c 108d 108e 108e 108c 1089 1084
        UserSetThreadDesktop 1091 1091 1092 1093 1093 1091 108e 1089
        UserGetDCEx 1092 1092 1093 1094 1094 1092 108f 108a
        UserThunkedMenuItemInfo 1098 1098 1099 109a 109a 1098 1095 1090
        UserDestroyWindow 109d 109d 109e 109f 109f 109d 109a 1095
        UserCallHwndParam 109e 109e 109f 10a0 10a0 109e 109b -
        UserScrollWindowEx 10be 10be 10bf 10c0 10c0 10b9 10b6 10b0
        UserSetWindowRgn 10ca 10ca 10cb 10cc 10cc 10c1 10be 10b8
        UserCloseClipboard 10ce 10ce 10cf 10d0 10d0 10c5 10c2 10bc
        UserSetClipboardData 10d1 10d1 10d2 10d3 10d2 10c7 10c4 10be
        UserSetActiveWindow 10e0 10e0 10e1 10e2 10e1 10d6 10d3 10cd
        UserSetWindowPlacement 10e2 10e2 10e3 10e4 10e3 10d8 10d5 10cf
        UserGetControlColor 10e3 10e3 10e4 10e5 10e4 10d9 10d6 10d0
        UserRealInternalGetMessage 10ea 10ea 10eb 10ec 10eb 10e0 10dd 10d7
        UserAttachThreadInput 10ec 10ec 10ed 10ee 10ed 10e2 10df 10d9
        UserPaintMenuBar 10ee 10ee 10ef 10f0 10ef 10e4 10e1 10db
        UserSetKeyboardState 10ef 10ef 10f0 10f1 10f0 10e5 10e2 10dc
        UserProcessConnect 10f6 10f6 10f7 10f8 10f7 10ec 10e9 10e3
        UserEmptyClipboard 10f8 10f8 10f9 10fa 10f9 10ee 10eb 10e5
        UserGetClipboardData 10f9 10f9 10fa 10fb 10fa 10ef 10ec 10e6
        UserSetWinEventHook 1104 1104 1105 1106 1105 10fa 10f7 10f1
        UserSetSystemMenu 1107 1107 1108 1109 1108 10fd 10fa 10f4
        UserEnumDisplaySettings - - - - - 110a 1107 1100
        UserActivateKeyboardLayout - - - - - - - 110a
        UserPaintDesktop - - - - - 110b 1108 1101
        UserCallHwnd 110c 110c 110d 110e 110d 1102 10ff -
        UserDdeInitialize 110d 110d 110e 110f 110e 1103 1100 10f9
        UserShowWindowAsync - - - - - - 110e 1107
        """;
}
