namespace KCallbacks.Detection.Windows.Routines;

/// <summary>The routines of Windows 10, with the names debuggers print: where the linker folded identical functions, that of another entry.</summary>
internal static class Windows10Routines
{
    /// <summary>1607 to 1909.</summary>
    public static readonly RoutineTable From1607 = RoutineTable.Parse(14393, 18363, Names);

    /// <summary>1511 has no xxxClientUpdateDpi (0x3a): what follows is one lower.</summary>
    public static readonly RoutineTable From1511 = From1607 with { FirstBuild = 10586, LastBuild = 10586, Names = From1607.Names.RemoveAt(0x3a) };

    /// <summary>2004 to 22H2: symbols of 19041.746; the last two from a public list that holds for 22H2.</summary>
    public static readonly RoutineTable From2004 = new(19041, 19045, From1607.Names
        .SetItem(0x1a, "fnINSTRINGNULL")
        .SetItem(0x37, "ClientCallDummyCallback")
        .AddRange("xxxClientCallDefWindowProc", "fnSHELLSYNCDISPLAYCHANGED", "fnHkINLPCHARHOOKSTRUCT"));

    private const string Names = """
        fnCOPYDATA fnCOPYGLOBALDATA fnDWORD fnNCDESTROY
        fnDWORDOPTINLPMSG fnINOUTDRAG fnGETTEXTLENGTHS fnINCNTOUTSTRING
        fnPOUTLPINT fnINLPCOMPAREITEMSTRUCT fnINLPCREATESTRUCT fnINLPDELETEITEMSTRUCT
        fnINLPDRAWITEMSTRUCT fnPOPTINLPUINT fnPOPTINLPUINT fnINLPMDICREATESTRUCT
        fnINOUTLPMEASUREITEMSTRUCT fnINLPWINDOWPOS fnINOUTLPPOINT5 fnINOUTLPSCROLLINFO
        fnINOUTLPRECT fnINOUTNCCALCSIZE fnINOUTLPPOINT5 fnINPAINTCLIPBRD
        fnINSIZECLIPBRD fnINDESTROYCLIPBRD fnINSTRING fnINSTRINGNULL
        fnINDEVICECHANGE fnPOWERBROADCAST fnINLPUAHDRAWMENU fnOPTOUTLPDWORDOPTOUTLPDWORD
        fnOPTOUTLPDWORDOPTOUTLPDWORD fnOUTDWORDINDWORD fnOUTLPRECT fnOUTSTRING
        fnPOPTINLPUINT fnPOUTLPINT fnSENTDDEMSG fnINOUTSTYLECHANGE
        fnHkINDWORD fnHkINLPCBTACTIVATESTRUCT fnHkINLPCBTCREATESTRUCT fnHkINLPDEBUGHOOKSTRUCT
        fnHkINLPMOUSEHOOKSTRUCTEX fnHkINLPKBDLLHOOKSTRUCT fnHkINLPMSLLHOOKSTRUCT fnHkINLPMSG
        fnHkINLPRECT fnHkOPTINLPEVENTMSG xxxClientCallDelegateThread ClientCallDummyCallback
        fnKEYBOARDCORRECTIONCALLOUT fnOUTLPCOMBOBOXINFO fnINLPCOMPAREITEMSTRUCT xxxClientCallDevCallbackCapture
        xxxClientCallDitThread xxxClientEnableMMCSS xxxClientUpdateDpi xxxClientExpandStringW
        ClientCopyDDEIn1 ClientCopyDDEIn2 ClientCopyDDEOut1 ClientCopyDDEOut2
        ClientCopyImage ClientEventCallback ClientFindMnemChar ClientFreeDDEHandle
        ClientFreeLibrary ClientGetCharsetInfo ClientGetDDEFlags ClientGetDDEHookData
        ClientGetListboxString ClientGetMessageMPH ClientLoadImage ClientLoadLibrary
        ClientLoadMenu ClientLoadLocalT1Fonts ClientPSMTextOut ClientLpkDrawTextEx
        ClientExtTextOutW ClientGetTextExtentPointW ClientCharToWchar ClientAddFontResourceW
        ClientThreadSetup ClientDeliverUserApc ClientNoMemoryPopup ClientMonitorEnumProc
        ClientCallWinEventProc ClientWaitMessageExMPH ClientWOWGetProcModule ClientWOWTask16SchedNotify
        ClientImmLoadLayout ClientImmProcessKey fnIMECONTROL fnINWPARAMDBCSCHAR
        fnGETTEXTLENGTHS fnINLPKDRAWSWITCHWND ClientLoadStringW ClientLoadOLE
        ClientRegisterDragDrop ClientRevokeDragDrop fnINOUTMENUGETOBJECT ClientPrinterThunk
        fnOUTLPCOMBOBOXINFO fnOUTLPSCROLLBARINFO fnINLPUAHDRAWMENU fnINLPUAHDRAWMENUITEM
        fnINLPUAHDRAWMENU fnINOUTLPUAHMEASUREMENUITEM fnINLPUAHDRAWMENU fnOUTLPTITLEBARINFOEX
        fnTOUCH fnGESTURE fnPOPTINLPUINT fnPOPTINLPUINT
        xxxClientCallDefaultInputHandler fnEMPTY ClientRimDevCallback xxxClientCallMinTouchHitTestingCallback
        ClientCallLocalMouseHooks xxxClientBroadcastThemeChange xxxClientCallDevCallbackSimple xxxClientAllocWindowClassExtraBytes
        xxxClientFreeWindowClassExtraBytes fnGETWINDOWDATA fnINOUTSTYLECHANGE fnHkINLPMOUSEHOOKSTRUCTEX
        """;
}
