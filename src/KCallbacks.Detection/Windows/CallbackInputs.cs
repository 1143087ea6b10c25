using System.Collections.Immutable;
using static KCallbacks.Detection.Windows.InputField;

namespace KCallbacks.Detection.Windows;

/// <summary>The input data of the callback routines by routine name: names stay where API numbers move from build to build.</summary>
/// <remarks>
/// Read from the code of user32 x64 14393 to 22000; 7601, 10586, 22621 and 26100 agree where they were read. In 32-bit processes
/// fnDWORD, fnINLPDRAWITEMSTRUCT and fnHkINLPKBDLLHOOKSTRUCT were seen on live stacks (8.1 to 19044); the others follow from the
/// same structures with pointers of 4 bytes. Routines in one row read their input by the same code; in 19041 the linker has folded
/// some of them into one.
/// </remarks>
internal static class CallbackInputs
{
    private static readonly InputField Message = Number(InputRole.Message);
    private static readonly InputField WParam = Pointer(InputRole.WParam);
    private static readonly InputField LParam = Pointer(InputRole.LParam);
    private static readonly InputField Procedure = Pointer(InputRole.Procedure);
    private static readonly InputField Thunk = Pointer(InputRole.Thunk);
    private static readonly InputField HasStructure = Pointer(InputRole.HasStructure);
    private static readonly InputField HookCode = Number(InputRole.HookCode);
    private static readonly InputField Unused = Pointer(InputRole.Other);

    /// <summary>No frozen one: making that takes longer than all look-ups of a small dump.</summary>
    private static readonly Dictionary<string, ImmutableArray<InputForm>> Forms = ByRoutine();

    private static readonly Dictionary<string, ImmutableArray<InputForm>>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Forms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The forms that the input of a routine may have, more than one where builds differ; empty when none is known.</summary>
    /// <param name="routine">The routine's name without underscores and WoW64's prefix, for example <c>fnDWORD</c>.</param>
    public static ImmutableArray<InputForm> Of(ReadOnlySpan<char> routine) => BySpan.TryGetValue(routine, out ImmutableArray<InputForm> forms) ? forms : [];

    private static Dictionary<string, ImmutableArray<InputForm>> ByRoutine()
    {
        var forms = new Dictionary<string, ImmutableArray<InputForm>>(StringComparer.OrdinalIgnoreCase);
        foreach ((string routines, ImmutableArray<InputForm> known) in All())
        {
            foreach (string routine in routines.Split(' '))
                forms.Add(routine, known);
        }

        return forms;
    }

    private static IEnumerable<(string Routines, ImmutableArray<InputForm> Forms)> All() =>
        [.. Messages(), .. CapturedMessages(), .. Hooks(), .. Others()];

    private static IEnumerable<(string Routines, ImmutableArray<InputForm> Forms)> Messages() =>
    [
        ("fnDWORD fnNCDESTROY fnINDESTROYCLIPBRD fnSENTDDEMSG",
            [new(Window, Message, WParam, LParam, Procedure, Thunk) { IsSeenIn32Bit = true }]),
        ("fnDWORDOPTINLPMSG", [new(Window, Message, WParam, HasStructure, Procedure, Thunk, Structure(0x30, 0x1c))]),
        ("fnINOUTDRAG", [new(Window, Message, WParam, Procedure, Thunk, Structure(0x38, 0x24))]),
        ("fnINOUTNCCALCSIZE", [new(Window, Message, WParam, Procedure, Thunk, Structure(0x60, 0x50))]),
        ("fnGETTEXTLENGTHS fnGETDBCSTEXTLENGTHS fnOUTLPRECT", [new(Window, Message, WParam, Procedure, Thunk)]), // what it gets is the routine's own
        ("fnINLPCOMPAREITEMSTRUCT fnSHELLWINDOWMANAGEMENTNOTIFY", [WithStructure(0x38, 0x20)]),
        ("fnINLPDRAWITEMSTRUCT", [WithStructure(0x40, 0x30)]),
        ("fnINLPDELETEITEMSTRUCT", [WithStructure(0x20, 0x14)]),
        ("fnINOUTLPMEASUREITEMSTRUCT", [WithStructure(0x20, 0x18)]),
        ("fnINLPWINDOWPOS fnINOUTLPWINDOWPOS", [WithStructure(0x28, 0x1c)]),
        ("fnINOUTLPPOINT5", [WithStructure(0x28, 0x28)]),
        ("fnINOUTLPSCROLLINFO", [WithStructure(0x1c, 0x1c)]),
        ("fnINOUTLPRECT fnINSIZECLIPBRD", [WithStructure(0x10, 0x10)]),
        ("fnINOUTSTYLECHANGE", [WithStructure(8, 8)]),
        ("fnINPAINTCLIPBRD", [WithStructure(0x48, 0x40)]),
        ("fnOUTLPCOMBOBOXINFO fnSHELLWINDOWMANAGEMENTCALLOUT", [WithStructure(0x40, 0x34), WithStructure(0x60, 0)]), // the second on 22000
        ("fnOPTOUTLPDWORDOPTOUTLPDWORD fnOUTDWORDDWORD", [new(Window, Message, Procedure, Thunk)]),
        ("fnOUTDWORDINDWORD", [new(Window, Message, Unused, LParam, Procedure, Thunk)]),
    ];

    /// <summary>Where pointers inside the data are captured, a header comes first.</summary>
    private static IEnumerable<(string Routines, ImmutableArray<InputForm> Forms)> CapturedMessages() =>
    [
        ("fnINSTRING fnINSTRINGNULL fnINDEVICECHANGE fnPOWERBROADCAST fnOUTSTRING fnPOUTLPINT fnINCNTOUTSTRINGNULL",
            [new(Header, Window, Message, WParam, Procedure, Thunk, LParam)]),
        ("fnINCNTOUTSTRING", [new(Header, Window, Message, WParam, Procedure, Thunk, Unused, LParam)]),
        ("fnPOPTINLPUINT fnINLPHELPINFOSTRUCT fnINLPHLPSTRUCT fnINPGESTURENOTIFYSTRUCT",
            [new(Header, Window, Message, WParam, LParam, Procedure, Thunk)]),
        ("fnINLPCREATESTRUCT", [new(Header, Window, Message, WParam, HasStructure, Structure(0x50, 0x30), Procedure, Thunk)]),
        ("fnINLPMDICREATESTRUCT", [new(Header, Window, Message, WParam, Structure(0x38, 0x24), Procedure, Thunk)]),
        ("fnCOPYDATA", [new(Header, Window, Message, WParam, HasStructure, Structure(0x18, 0xc), Procedure, Thunk)]),
    ];

    private static IEnumerable<(string Routines, ImmutableArray<InputForm> Forms)> Hooks() =>
    [
        ("fnHkINDWORD", [new(HookCode, WParam, Procedure, Thunk, Unread(8), LParam)]),
        ("fnHkINLPMOUSEHOOKSTRUCTEX", [new(HookCode, WParam, Procedure, Thunk, Unread(8), Structure(0x28, 0))]),
        ("fnHkINLPMSG", [new(HookCode, WParam, Procedure, Thunk, Structure(0x30, 0x1c))]),
        ("fnHkINLPKBDLLHOOKSTRUCT", [new(HookCode, WParam, Procedure, Thunk, Structure(0x14, 0x14)) { IsSeenIn32Bit = true }]),
        ("fnHkINLPMSLLHOOKSTRUCT", [new(HookCode, WParam, Procedure, Thunk, Structure(0x18, 0x18))]),
        ("fnHkINLPCBTACTIVATESTRUCT", [new(HookCode, WParam, Structure(0x10, 8), Procedure, Thunk)]),
        ("fnHkINLPRECT", [new(HookCode, WParam, Structure(0x10, 0x10), Procedure, Thunk)]),
        ("fnHkINLPDEBUGHOOKSTRUCT", [new(HookCode, WParam, Unread(0x58), Procedure, Thunk)]),
        ("fnHkOPTINLPEVENTMSG", [new(HookCode, WParam, Unread(8, 4), Procedure, Thunk)]),
        ("fnHkINLPCBTCREATESTRUCT", [new(Header, Unread(8), HookCode, WParam, Unread(0x58), Procedure, Thunk)]),
    ];

    private static IEnumerable<(string Routines, ImmutableArray<InputForm> Forms)> Others() =>
    [
        ("ClientMonitorEnumProc", [new(
            Pointer(InputRole.Monitor), Pointer(InputRole.DeviceContext), new InputField(InputRole.Rectangle, 0x10, 0, 8),
            Pointer(InputRole.Data), Procedure)]),
        ("ClientCallWinEventProc", [new(
            Procedure, Pointer(InputRole.EventHook), Number(InputRole.Event), new InputField(InputRole.EventWindow, 8, 0, 8),
            Number(InputRole.ObjectId), Number(InputRole.ChildId), Number(InputRole.EventThread))]),

        // Wine 8.0's win_proc_params: its one routine for messages
        ("User32CallWindowProc", [new(Procedure, Window, Message, WParam, LParam)]),
    ];

    private static InputForm WithStructure(uint size64, uint size32) =>
        new(Window, Message, WParam, Structure(size64, size32), Procedure, Thunk);
}
