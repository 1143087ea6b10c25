namespace KCallbacks.Scanning.Unwinding;

/// <summary>UNWIND_OP_CODES: what one step of a prologue did.</summary>
internal enum UnwindOperation : byte
{
    PushNonvolatile = 0,
    AllocateLarge = 1,
    AllocateSmall = 2,
    SetFrameRegister = 3,
    SaveNonvolatile = 4,
    SaveNonvolatileFar = 5,

    /// <summary>Version 2: where epilogues lie. Version 1: a form of saving half an XMM register that is no longer used.</summary>
    Epilogue = 6,

    /// <summary>Like <see cref="Epilogue"/> nothing that undoing the prologue needs.</summary>
    Spare = 7,
    SaveXmm128 = 8,
    SaveXmm128Far = 9,
    PushMachineFrame = 10,
}
