namespace KCallbacks.Detection.Windows.Routines;

/// <summary>The routines of Windows 11 24H2 by purpose; earlier Windows 11 is known to agree up to 0x82.</summary>
internal static class Windows11Routines
{
    private const int KnownBefore24H2 = 0x83;

    /// <summary>24H2 and later.</summary>
    public static readonly RoutineTable From24H2 = RoutineTable.Parse(26100, int.MaxValue, Names);

    /// <summary>21H2 to 23H2, and Server 2022.</summary>
    public static readonly RoutineTable From21H2 = new(20348, 26099, From24H2.Names[..KnownBefore24H2]);

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
