namespace KCallbacks.Detection.Windows.Routines;

/// <summary>The routines of Windows 7, from the table of its WoW64 (<c>wow64win!whcb*</c>), which has the order of user32.</summary>
internal static class Windows7Routines
{
    public static readonly RoutineTable Table = RoutineTable.Parse(7600, 7601, Names);

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
        fnHkINLPRECT fnHkOPTINLPEVENTMSG ClientCopyDDEIn1 ClientCopyDDEIn2
        ClientCopyDDEOut1 ClientCopyDDEOut2 ClientCopyImage ClientEventCallback
        ClientFindMnemChar ClientFreeDDEHandle ClientFreeLibrary ClientGetCharsetInfo
        ClientGetDDEFlags ClientGetDDEHookData ClientGetListboxString ClientGetMessageMPH
        ClientLoadImage ClientLoadLibrary ClientLoadMenu ClientLoadLocalT1Fonts
        ClientPSMTextOut ClientLpkDrawTextEx ClientExtTextOutW ClientGetTextExtentPointW
        ClientCharToWchar ClientAddFontResourceW ClientThreadSetup ClientDeliverUserApc
        ClientNoMemoryPopup ClientMonitorEnumProc ClientCallWinEventProc ClientWaitMessageExMPH
        ClientWOWGetProcModule ClientWOWTask16SchedNotify ClientImmLoadLayout ClientImmProcessKey
        fnIMECONTROL fnINWPARAMDBCSCHAR fnGETDBCSTEXTLENGTHS fnINLPKDRAWSWITCHWND
        ClientLoadStringW ClientLoadOLE ClientRegisterDragDrop ClientRevokeDragDrop
        fnINOUTMENUGETOBJECT ClientPrinterThunk fnOUTLPCOMBOBOXINFO fnOUTLPSCROLLBARINFO
        fnINLPUAHDRAWMENU fnINLPUAHDRAWMENUITEM fnINLPUAHINITMENU fnINOUTLPUAHMEASUREMENUITEM
        fnINLPUAHNCPAINTMENUPOPUP fnOUTLPTITLEBARINFOEX fnTOUCH fnGESTURE
        fnINPGESTURENOTIFYSTRUCT
        """;
}
