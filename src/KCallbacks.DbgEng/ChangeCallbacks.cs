using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng;

/// <summary>Tells when the target's registers or memory, or its symbols, were changed by the user.</summary>
/// <param name="changed">Called on the engine's thread; must not throw.</param>
[GeneratedComClass]
public sealed unsafe partial class ChangeCallbacks(Action changed) : IDebugEventCallbacks
{
    private const uint DebuggeeState = 0x400;   // DEBUG_EVENT_CHANGE_DEBUGGEE_STATE
    private const uint SymbolState = 0x1000;    // DEBUG_EVENT_CHANGE_SYMBOL_STATE
    private const uint Registers = 1;           // DEBUG_CDS_REGISTERS
    private const uint Data = 2;                // DEBUG_CDS_DATA
    private const uint LoadsAndScope = 1 | 4;   // DEBUG_CSS_LOADS, DEBUG_CSS_SCOPE

    int IDebugEventCallbacks.GetInterestMask(uint* mask)
    {
        *mask = DebuggeeState | SymbolState;
        return HResult.Ok.Value;
    }

    /// <summary>Selecting a thread is reported with all bits set; a write sets exactly one.</summary>
    int IDebugEventCallbacks.ChangeDebuggeeState(uint flags, ulong argument) => flags is Registers or Data ? Tell() : HResult.Ok.Value;

    /// <summary>
    /// What comes by itself is no change: the scope follows every look at another thread or frame, and symbols are loaded when
    /// a name is first asked for. Symbols that the user loads anew are unloaded first.
    /// </summary>
    int IDebugEventCallbacks.ChangeSymbolState(uint flags, ulong argument) => (flags & ~LoadsAndScope) == 0 ? HResult.Ok.Value : Tell();

    int IDebugEventCallbacks.Breakpoint(nint breakpoint) => HResult.Ok.Value;

    int IDebugEventCallbacks.Exception(nint record, uint firstChance) => HResult.Ok.Value;

    int IDebugEventCallbacks.CreateThread(ulong handle, ulong dataOffset, ulong startOffset) => HResult.Ok.Value;

    int IDebugEventCallbacks.ExitThread(uint exitCode) => HResult.Ok.Value;

    int IDebugEventCallbacks.CreateProcess(
        ulong imageFileHandle, ulong handle, ulong baseOffset, uint moduleSize, nint moduleName, nint imageName, uint checkSum,
        uint timeDateStamp, ulong initialThreadHandle, ulong threadDataOffset, ulong startOffset) => HResult.Ok.Value;

    int IDebugEventCallbacks.ExitProcess(uint exitCode) => HResult.Ok.Value;

    int IDebugEventCallbacks.LoadModule(
        ulong imageFileHandle, ulong baseOffset, uint moduleSize, nint moduleName, nint imageName, uint checkSum, uint timeDateStamp) => HResult.Ok.Value;

    int IDebugEventCallbacks.UnloadModule(nint imageBaseName, ulong baseOffset) => HResult.Ok.Value;

    int IDebugEventCallbacks.SystemError(uint error, uint level) => HResult.Ok.Value;

    int IDebugEventCallbacks.SessionStatus(uint status) => HResult.Ok.Value;

    int IDebugEventCallbacks.ChangeEngineState(uint flags, ulong argument) => HResult.Ok.Value;

    private int Tell()
    {
        changed();
        return HResult.Ok.Value;
    }
}
