using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// Locks of the kernel by <c>dt</c>: <c>dt nt!_FAST_MUTEX ffffc00a12121210</c> with its <c>Owner</c>, <c>_KMUTANT</c> with
/// its <c>OwnerThread</c>.
/// </summary>
internal sealed class KernelStructureForm : IOwnerForm
{
    /// <summary>Structures of threads are aligned; an address with one of these bits is none.</summary>
    private const ulong Flags = 3;

    public bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place)
    {
        ReadOnlySpan<byte> field = Field.WithoutOffset(line);
        if (field.Length == line.Length || place.Command != "dt" || place.CommandAddress is not { } address || KindOf(place.Arguments) is not { } kind)
            return false;
        bool isOwner = Field.TryRead(field, "OwnerThread"u8, out ReadOnlySpan<byte> owner) || (kind == WaitKind.FastMutex && Field.TryRead(field, "Owner"u8, out owner));
        if (!isOwner || Field.Hex(owner) is not { } thread || thread == 0 || (thread & Flags) != 0)
            return false;
        ListedLock listed = place.Ledger.AddLock(kind, "the structure as it is printed");

        // The kernel's list of waits names the event in it.
        listed.Address = kind == WaitKind.FastMutex ? address + KernelLocks.EventOfFastMutex : address;
        listed.IsHeld = true;
        listed.Owners.Add(new ThreadName(ThreadIdKind.KernelAddress, thread));
        return false;
    }

    public void End()
    {
    }

    private static WaitKind? KindOf(string words) =>
        words.Contains("_FAST_MUTEX", StringComparison.OrdinalIgnoreCase) || words.Contains("_KGUARDED_MUTEX", StringComparison.OrdinalIgnoreCase) ? WaitKind.FastMutex
        : words.Contains("_KMUTANT", StringComparison.OrdinalIgnoreCase) ? WaitKind.Mutex
        : null;
}
