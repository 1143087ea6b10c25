using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Messages;

/// <summary>The offsets that follow from the order of the fields, held against those read from the code of user32.</summary>
[TestClass]
public sealed class CallbackInputTests
{
    [TestMethod]
    [DataRow("fnDWORD", 0x18, 0x20)]
    [DataRow("fnNCDESTROY", 0x18, 0x20)]
    [DataRow("fnINDESTROYCLIPBRD", 0x18, 0x20)]
    [DataRow("fnSENTDDEMSG", 0x18, 0x20)]
    [DataRow("fnDWORDOPTINLPMSG", 0x30, 0x20)]
    [DataRow("fnINOUTDRAG", 0x28, 0x18)]
    [DataRow("fnINOUTNCCALCSIZE", 0x28, 0x18)]
    [DataRow("fnGETTEXTLENGTHS", null, 0x18)]
    [DataRow("fnINLPCOMPAREITEMSTRUCT", 0x18, 0x50)]
    [DataRow("fnINLPDRAWITEMSTRUCT", 0x18, 0x58)]
    [DataRow("fnINLPDELETEITEMSTRUCT", 0x18, 0x38)]
    [DataRow("fnINOUTLPMEASUREITEMSTRUCT", 0x18, 0x38)]
    [DataRow("fnINLPWINDOWPOS", 0x18, 0x40)]
    [DataRow("fnINOUTLPPOINT5", 0x18, 0x40)]
    [DataRow("fnINOUTLPSCROLLINFO", 0x18, 0x38)]
    [DataRow("fnINOUTLPRECT", 0x18, 0x28)]
    [DataRow("fnINOUTSTYLECHANGE", 0x18, 0x20)]
    [DataRow("fnOUTLPCOMBOBOXINFO", 0x18, 0x58)]
    [DataRow("fnINSIZECLIPBRD", 0x18, 0x28)]
    [DataRow("fnINPAINTCLIPBRD", 0x18, 0x60)]
    [DataRow("fnOUTDWORDINDWORD", 0x18, 0x20)]
    [DataRow("fnOUTLPRECT", null, 0x18)]
    public void A_message_lies_where_user32_reads_it(string routine, int? lParam, int procedure)
    {
        InputLayout layout = CallbackInputs.Of(routine)[0].In(InputModel.Bits64)!;

        Assert.AreEqual(0x08u, layout.OffsetOf(InputRole.Message));
        Assert.AreEqual((uint?)lParam, layout.OffsetOf(InputRole.LParam) ?? layout.OffsetOf(InputRole.Structure));
        Assert.AreEqual((uint)procedure, layout.OffsetOf(InputRole.Procedure));
        Assert.AreEqual((uint)procedure + 8, layout.OffsetOf(InputRole.Thunk));
        Assert.AreEqual(routine == "fnOUTDWORDINDWORD" ? null : 0x10u, layout.OffsetOf(InputRole.WParam));
    }

    [TestMethod]
    [DataRow("fnINSTRING", 0x50, 0x40)]
    [DataRow("fnINSTRINGNULL", 0x50, 0x40)]
    [DataRow("fnINDEVICECHANGE", 0x50, 0x40)]
    [DataRow("fnPOWERBROADCAST", 0x50, 0x40)]
    [DataRow("fnOUTSTRING", 0x50, 0x40)]
    [DataRow("fnINCNTOUTSTRING", 0x58, 0x40)]
    [DataRow("fnPOPTINLPUINT", 0x40, 0x48)]
    [DataRow("fnINLPCREATESTRUCT", 0x48, 0x98)]
    [DataRow("fnINLPMDICREATESTRUCT", 0x40, 0x78)]
    [DataRow("fnCOPYDATA", 0x48, 0x60)]
    public void A_captured_message_lies_behind_a_header(string routine, int lParam, int procedure)
    {
        InputLayout layout = CallbackInputs.Of(routine)[0].In(InputModel.Bits64)!;

        Assert.AreEqual(0x30u, layout.OffsetOf(InputRole.Message));
        Assert.AreEqual(0x38u, layout.OffsetOf(InputRole.WParam));
        Assert.AreEqual((uint)lParam, layout.OffsetOf(InputRole.LParam) ?? layout.OffsetOf(InputRole.Structure));
        Assert.AreEqual((uint)procedure, layout.OffsetOf(InputRole.Procedure));
        Assert.IsNull(CallbackInputs.Of(routine)[0].In(InputModel.Wow64), "nobody saw the header in WoW64");
    }

    [TestMethod]
    [DataRow("fnHkINDWORD", 0x0, 0x8, 0x28, 0x10)]
    [DataRow("fnHkINLPMOUSEHOOKSTRUCTEX", 0x0, 0x8, 0x28, 0x10)]
    [DataRow("fnHkINLPMSG", 0x0, 0x8, 0x20, 0x10)]
    [DataRow("fnHkINLPKBDLLHOOKSTRUCT", 0x0, 0x8, 0x20, 0x10)]
    [DataRow("fnHkINLPMSLLHOOKSTRUCT", 0x0, 0x8, 0x20, 0x10)]
    [DataRow("fnHkINLPCBTACTIVATESTRUCT", 0x0, 0x8, 0x10, 0x20)]
    [DataRow("fnHkINLPRECT", 0x0, 0x8, 0x10, 0x20)]
    [DataRow("fnHkINLPDEBUGHOOKSTRUCT", 0x0, 0x8, null, 0x68)]
    [DataRow("fnHkOPTINLPEVENTMSG", 0x0, 0x8, null, 0x18)]
    [DataRow("fnHkINLPCBTCREATESTRUCT", 0x30, 0x38, null, 0x98)]
    public void A_hook_call_lies_where_user32_reads_it(string routine, int code, int wParam, int? lParam, int procedure)
    {
        InputLayout layout = CallbackInputs.Of(routine)[0].In(InputModel.Bits64)!;

        Assert.AreEqual((uint)code, layout.OffsetOf(InputRole.HookCode));
        Assert.AreEqual((uint)wParam, layout.OffsetOf(InputRole.WParam));
        Assert.AreEqual((uint?)lParam, layout.OffsetOf(InputRole.LParam) ?? layout.OffsetOf(InputRole.Structure));
        Assert.AreEqual((uint)procedure, layout.OffsetOf(InputRole.Procedure));
    }

    [TestMethod]
    [DataRow("fnDWORD", 0x20, DisplayName = "seen on 25 live frames")]
    [DataRow("fnINLPDRAWITEMSTRUCT", 0x48)]
    [DataRow("fnHkINLPKBDLLHOOKSTRUCT", 0x24)]
    public void The_length_of_WoW64s_input_is_that_of_live_frames(string routine, int length) =>
        Assert.AreEqual((uint)length, CallbackInputs.Of(routine)[0].In(InputModel.Wow64)!.PaddedLength);

    [TestMethod]
    [DataRow("fnDWORD", 0x18)]
    [DataRow("fnHkINLPMSG", 0x2c)]
    public void The_length_of_32_bit_Windows_input_is_that_of_XP(string routine, int length) =>
        Assert.AreEqual((uint)length, CallbackInputs.Of(routine)[0].In(InputModel.Bits32)!.Length);

    [TestMethod]
    [DataRow("fnCOPYGLOBALDATA")]
    [DataRow("ClientLoadLibrary")]
    [DataRow("ClientThreadSetup")]
    [DataRow("")]
    public void Routines_whose_input_is_not_known_have_no_form(string routine) => Assert.IsEmpty(CallbackInputs.Of(routine));
}
