using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace KCallbacks.EngineHost;

/// <summary>IDebugOutputCallbacks of <c>dbgeng.h</c>; the engine asks it for the newer interface.</summary>
[GeneratedComInterface]
[Guid("4bf58045-d654-4c40-b0af-683090f356dc")]
internal partial interface IDebugOutputCallbacks
{
    [PreserveSig]
    int Output(uint mask, nint ansiText);
}

/// <summary>IDebugOutputCallbacks2 of <c>dbgeng.h</c>.</summary>
[GeneratedComInterface]
[Guid("67721fe9-56d2-4a44-a325-2b65513ce6eb")]
internal unsafe partial interface IDebugOutputCallbacks2
{
    [PreserveSig]
    int Output(uint mask, nint ansiText);

    [PreserveSig]
    int GetInterestMask(uint* mask);

    [PreserveSig]
    int Output2(uint which, uint flags, ulong argument, char* text);
}
