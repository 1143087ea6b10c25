using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>The functions of the engine's older interface: <c>WINDBG_EXTENSION_APIS64</c> of <c>wdbgexts.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ExtensionApis
{
    public uint Size;
    public nint Output;
    public nint GetExpression;
    public nint GetSymbol;
    public nint Disassemble;
    public nint CheckControlC;
    public nint ReadMemory;
    public nint WriteMemory;
    public nint GetThreadContext;
    public nint SetThreadContext;
    public delegate* unmanaged<ushort, void*, uint, uint> Ask;
    public nint StackTrace;
}
