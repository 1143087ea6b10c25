using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>Where user mode ends and the kernel begins (Windows Internals, "Virtual address space layouts").</summary>
public static class AddressSpace
{
    /// <summary>Lowest kernel address of 64-bit Windows.</summary>
    public const ulong KernelStart = 0xffff_8000_0000_0000;

    /// <summary><c>KUSER_SHARED_DATA.TickCount</c> (ntddk.h) at the address it has in the kernel of every 64-bit Windows.</summary>
    public const ulong TickCount = 0xffff_f780_0000_0320;

    /// <summary>
    /// From here on a 64-bit address says nothing of its side: the engine puts 32-bit addresses there, sign-extended, and those may be
    /// user mode's with <c>/3GB</c> and under WoW64.
    /// </summary>
    internal const ulong SignExtended = 0xffff_ffff_8000_0000;

    /// <summary>End of user mode on 64-bit Windows.</summary>
    private const ulong UserEnd = 0x8000_0000_0000;

    /// <summary>Lowest kernel address of 32-bit Windows; user code may lie above it with <c>/3GB</c> and under WoW64.</summary>
    private const ulong KernelStartOf32Bits = 0x8000_0000;

    /// <summary>The first 64 KB are never mapped.</summary>
    public const ulong LowestMapped = 0x1_0000;

    /// <summary>The side of a 64-bit address; 0 is none.</summary>
    public static FrameSide SideOf(ulong address) => address switch
    {
        0 or >= SignExtended => FrameSide.Unknown,
        >= KernelStart => FrameSide.Kernel,
        _ => FrameSide.User,
    };

    /// <summary>The side of a 32-bit address; 0 is none. The upper half proves nothing.</summary>
    public static FrameSide SideOf32Bits(ulong address) => address is 0 or >= KernelStartOf32Bits ? FrameSide.Unknown : FrameSide.User;

    /// <summary>
    /// A user address without the signature that ARM64 code puts into the bits above it (ARMv8.3 pointer authentication): no user address
    /// has bit 47 or higher, whatever the mask of the processor is.
    /// </summary>
    public static ulong WithoutSignature(ulong address) => address & (UserEnd - 1);

    /// <summary>Whether user mode can have code at an address, be it of 32 or 64 bits.</summary>
    internal static bool CanBeUserCode(ulong address) => address is >= LowestMapped and < UserEnd or >= SignExtended;
}
