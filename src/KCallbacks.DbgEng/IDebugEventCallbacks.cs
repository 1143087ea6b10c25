using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng;

/// <summary>What the engine calls when something happens.</summary>
[GeneratedComInterface]
[Guid("337be28b-5036-4d72-b6bf-c45fbb9f2eaa")]
internal unsafe partial interface IDebugEventCallbacks
{
    [PreserveSig]
    int GetInterestMask(uint* mask);

    [PreserveSig]
    int Breakpoint(nint breakpoint);

    [PreserveSig]
    int Exception(nint record, uint firstChance);

    [PreserveSig]
    int CreateThread(ulong handle, ulong dataOffset, ulong startOffset);

    [PreserveSig]
    int ExitThread(uint exitCode);

    [PreserveSig]
    int CreateProcess(
        ulong imageFileHandle, ulong handle, ulong baseOffset, uint moduleSize, nint moduleName, nint imageName, uint checkSum,
        uint timeDateStamp, ulong initialThreadHandle, ulong threadDataOffset, ulong startOffset);

    [PreserveSig]
    int ExitProcess(uint exitCode);

    [PreserveSig]
    int LoadModule(ulong imageFileHandle, ulong baseOffset, uint moduleSize, nint moduleName, nint imageName, uint checkSum, uint timeDateStamp);

    [PreserveSig]
    int UnloadModule(nint imageBaseName, ulong baseOffset);

    [PreserveSig]
    int SystemError(uint error, uint level);

    [PreserveSig]
    int SessionStatus(uint status);

    [PreserveSig]
    int ChangeDebuggeeState(uint flags, ulong argument);

    [PreserveSig]
    int ChangeEngineState(uint flags, ulong argument);

    [PreserveSig]
    int ChangeSymbolState(uint flags, ulong argument);
}
