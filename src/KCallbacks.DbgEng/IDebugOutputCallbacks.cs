using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.DbgEng;

/// <summary>What the engine asks for when it is given an object for output.</summary>
[GeneratedComInterface]
[Guid("4bf58045-d654-4c40-b0af-683090f356dc")]
internal unsafe partial interface IDebugOutputCallbacks
{
    [PreserveSig]
    int Output(uint mask, byte* text);
}

/// <summary>What the engine calls with output where an object has it: exact Unicode and, if wanted, DML.</summary>
[GeneratedComInterface]
[Guid("67721fe9-56d2-4a44-a325-2b65513ce6eb")]
internal unsafe partial interface IDebugOutputCallbacks2
{
    [PreserveSig]
    int Output(uint mask, byte* text);

    [PreserveSig]
    int GetInterestMask(uint* mask);

    [PreserveSig]
    int Output2(uint which, uint flags, ulong argument, char* text);
}
