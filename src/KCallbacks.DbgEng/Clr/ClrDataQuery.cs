using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Clr;

/// <summary><c>WDBGEXTS_CLR_DATA_INTERFACE</c> of <c>wdbgexts.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClrDataQuery
{
    public Guid* Iid;
    public nint Interface;
}
