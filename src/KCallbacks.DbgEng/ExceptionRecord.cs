using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary><c>DEBUG_LAST_EVENT_INFO_EXCEPTION</c> of <c>dbgeng.h</c>: an <c>EXCEPTION_RECORD64</c> and whether it is the first chance.</summary>
[StructLayout(LayoutKind.Explicit, Size = 0xa0)]
internal struct ExceptionRecord
{
    [FieldOffset(0)]
    public uint Code;

    [FieldOffset(8)]
    public ulong Nested;

    [FieldOffset(0x10)]
    public ulong Address;
}
