namespace KCallbacks.Detection.Windows.Routines;

/// <summary>
/// The routines of Windows 11 by purpose: the public list of 24H2 (phnt, <c>ntuser.h</c>), with which the code of user32 26100.4484 and
/// .7920 agrees in every entry; earlier builds by the code of 20348.4767, 22000.2360 and 22621.2428.
/// </summary>
internal static class Windows11Routines
{
    /// <summary>24H2 and later.</summary>
    public static readonly RoutineTable From24H2 = RoutineTable.Parse(26100, int.MaxValue, Names);

    /// <summary>22H2 and 23H2.</summary>
    public static readonly RoutineTable From22H2 = new(22621, 22631, From24H2.Names[..0x83].SetItem(0x61, "fnINLPKDRAWSWITCHWND"));

    /// <summary>Server 2022 and 21H2.</summary>
    public static readonly RoutineTable From21H2 = new(20348, 22000, From22H2.Names[..0x82]
        .SetItem(0x5a, "ClientWOWGetProcModule")
        .SetItem(0x5b, "ClientWOWTask16SchedNotify"));

    private const string Names = """
        fnCOPYDATA fnCOPYGLOBALDATA fnDWORD fnNCDESTROY
        fnDWORDOPTINLPMSG fnINOUTDRAG fnGETTEXTLENGTHS fnINCNTOUTSTRING
        fnINCNTOUTSTRINGNULL fnINLPCOMPAREITEMSTRUCT fnINLPCREATESTRUCT fnINLPDELETEITEMSTRUCT
        fnINLPDRAWITEMSTRUCT fnINLPHELPINFOSTRUCT fnINLPHLPSTRUCT fnINLPMDICREATESTRUCT
        fnINOUTLPMEASUREITEMSTRUCT fnINLPWINDOWPOS fnINOUTLPPOINT5 fnINOUTLPSCROLLINFO
        fnINOUTLPRECT fnINOUTNCCALCSIZE fnINOUTLPWINDOWPOS fnINPAINTCLIPBRD
        fnINSIZECLIPBRD fnINDESTROYCLIPBRD fnINSTRING fnINSTRINGNULL
        fnINDEVICECHANGE fnPOWERBROADCAST fnINOUTNEXTMENU fnOPTOUTLPDWORDOPTOUTLPDWORD
        fnOUTDWORDDWORD fnOUTDWORDINDWORD fnOUTLPRECT fnOUTSTRING
        fnPOPTINLPUINT fnPOUTLPINT fnSENTDDEMSG fnINOUTSTYLECHANGE
        fnHkINDWORD fnHkINLPCBTACTIVATESTRUCT fnHkINLPCBTCREATESTRUCT fnHkINLPDEBUGHOOKSTRUCT
        fnHkINLPMOUSEHOOKSTRUCTEX fnHkINLPKBDLLHOOKSTRUCT fnHkINLPMSLLHOOKSTRUCT fnHkINLPMSG
        fnHkINLPRECT fnHkOPTINLPEVENTMSG xxxClientCallDelegateThread ClientCallDummyCallback
        ClientCallDummyCallback fnSHELLWINDOWMANAGEMENTCALLOUT fnSHELLWINDOWMANAGEMENTNOTIFY ClientCallDummyCallback
        xxxClientCallDitThread xxxClientEnableMMCSS xxxClientUpdateDpi xxxClientExpandStringW
        ClientCopyDDEIn1 ClientCopyDDEIn2 ClientCopyDDEOut1 ClientCopyDDEOut2
        ClientCopyImage ClientEventCallback ClientFindMnemChar ClientFreeDDEHandle
        ClientFreeLibrary ClientGetCharsetInfo ClientGetDDEFlags ClientGetDDEHookData
        ClientGetListboxString ClientGetMessageMPH ClientLoadImage ClientLoadLibrary
        ClientLoadMenu ClientLoadLocalT1Fonts ClientPSMTextOut ClientLpkDrawTextEx
        ClientExtTextOutW ClientGetTextExtentPointW ClientCharToWchar ClientAddFontResourceW
        ClientThreadSetup ClientDeliverUserApc ClientNoMemoryPopup ClientMonitorEnumProc
        ClientCallWinEventProc ClientWaitMessageExMPH ClientCallDummyCallback ClientCallDummyCallback
        ClientImmLoadLayout ClientImmProcessKey fnIMECONTROL fnINWPARAMDBCSCHAR
        fnGETDBCSTEXTLENGTHS ClientCallDummyCallback ClientLoadStringW ClientLoadOLE
        ClientRegisterDragDrop ClientRevokeDragDrop fnINOUTMENUGETOBJECT ClientPrinterThunk
        fnOUTLPCOMBOBOXINFO fnOUTLPSCROLLBARINFO fnINLPUAHDRAWMENU fnINLPUAHDRAWMENUITEM
        fnINLPUAHINITMENU fnINOUTLPUAHMEASUREMENUITEM fnINLPUAHNCPAINTMENUPOPUP fnOUTLPTITLEBARINFOEX
        fnTOUCH fnGESTURE fnINPGESTURENOTIFYSTRUCT fnPOPTINLPUINT
        xxxClientCallDefaultInputHandler fnEMPTY ClientRimDevCallback xxxClientCallMinTouchHitTestingCallback
        ClientCallLocalMouseHooks xxxClientBroadcastThemeChange xxxClientCallDevCallbackSimple xxxClientAllocWindowClassExtraBytes
        xxxClientFreeWindowClassExtraBytes fnGETWINDOWDATA fnINOUTSTYLECHANGE fnHkINLPMOUSEHOOKSTRUCTEX
        xxxClientCallDefWindowProc fnSHELLSYNCDISPLAYCHANGED fnHkINLPCHARHOOKSTRUCT fnINTERCEPTEDWINDOWACTION
        xxxTooltipCallback xxxClientInitPSBInfo xxxClientDoScrollMenu xxxClientEndScroll
        xxxClientDrawSize xxxClientDrawScrollBar xxxClientHitTestScrollBar xxxClientTrackInit
        """;
}
