namespace KCallbacks.Detection.Windows.Routines;

/// <summary>The routines of XP SP3, as far as they were seen: a public listing of <c>user32!apfnDispatch</c> leaves most of the first 0x32 out.</summary>
internal static class WindowsXpRoutines
{
    public static readonly RoutineTable ServicePack3 = RoutineTable.Parse(2600, 2600, Names);

    private const string Names = """
        fnCOPYDATA fnCOPYGLOBALDATA - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - - -
        - - ClientCopyDDEIn1 ClientCopyDDEIn2
        ClientCopyDDEOut1 ClientCopyDDEOut2 ClientCopyImage ClientEventCallback
        ClientFindMnemChar ClientFontSweep ClientFreeDDEHandle ClientFreeLibrary
        ClientGetCharsetInfo ClientGetDDEFlags ClientGetDDEHookData ClientGetListboxString
        ClientGetMessageMPH ClientLoadImage ClientLoadLibrary ClientLoadMenu
        ClientLoadLocalT1Fonts ClientLoadRemoteT1Fonts ClientPSMTextOut ClientLpkDrawTextEx
        ClientExtTextOutW ClientGetTextExtentPointW ClientCharToWchar ClientAddFontResourceW
        ClientThreadSetup ClientDeliverUserApc ClientNoMemoryPopup ClientMonitorEnumProc
        ClientCallWinEventProc ClientWaitMessageExMPH ClientWOWGetProcModule ClientWOWTask16SchedNotify
        ClientImmLoadLayout ClientImmProcessKey - -
        - - - -
        - - - -
        - fnOUTLPSCROLLBARINFO
        """;
}
