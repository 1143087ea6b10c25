using System.Runtime.InteropServices;

namespace HangingWindows;

/// <summary>A critical section of the system; it lives as long as the process.</summary>
internal sealed unsafe class CriticalSection
{
    /// <summary>Bytes of <c>RTL_CRITICAL_SECTION</c> of winnt.h, on x64.</summary>
    private const nuint Size = 40;

    private readonly void* _section = NativeMemory.AllocZeroed(Size);

    public CriticalSection() => Kernel32.InitializeCriticalSection(_section);

    /// <summary>Enters it, and waits until its owner leaves it.</summary>
    public void Enter() => Kernel32.EnterCriticalSection(_section);
}
