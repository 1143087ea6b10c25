using System.Buffers.Binary;
using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// Whether the page directory of a process shows the kernel's half of the address space as the user's does. The engine finds its way
/// back from a process through structures of the kernel; once it reads memory as a process sees it whose page directory is damaged,
/// there is none.
/// </summary>
/// <remarks>
/// The top level of x64 page tables (Intel SDM volume 3, 4.5): all processes have the same entries for the kernel's half. With five
/// levels the same places hold other entries, which are the same for all processes, too.
/// </remarks>
/// <param name="memory">The session's memory.</param>
/// <param name="usersProcess">The EPROCESS whose page directory is in use.</param>
/// <param name="landmarks">Addresses in the kernel's half that the way back needs.</param>
internal sealed class PageDirectories(DebugDataSpaces memory, ulong usersProcess, params ulong[] landmarks)
{
    private const ulong Present = 1;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;
    private const int TopLevelShift = 39;
    private const ulong EntriesPerTable = 512;

    private readonly uint? _offset = memory.TryReadDebuggerData(DebuggerData.OffsetEprocessDirectoryTableBase, out ulong offset).Succeeded && offset != 0
        ? (uint)offset
        : null;

    /// <summary>Says so; also where nothing can be held against each other.</summary>
    /// <param name="process">An EPROCESS.</param>
    public bool ShowsKernel(ulong process)
    {
        if (_offset is null || TableOf(usersProcess) is not { } known)
            return true;
        ulong? table = TableOf(process);
        return landmarks.Append(process).All(landmark => EntryAt(known, landmark) is not { } expected || EntryAt(table, landmark) == expected);
    }

    private ulong? TableOf(ulong process) => memory.ReadNumber(process + _offset!.Value, sizeof(ulong)) & FrameMask;

    /// <summary>The page frame of the next level and whether it is there; null when the entry is not in the dump.</summary>
    private ulong? EntryAt(ulong? table, ulong address)
    {
        Span<byte> entry = stackalloc byte[sizeof(ulong)];
        ulong place = table.GetValueOrDefault() + ((address >> TopLevelShift) % EntriesPerTable * sizeof(ulong));
        return table is not null && memory.TryReadPhysical(place, entry) ? BinaryPrimitives.ReadUInt64LittleEndian(entry) & (FrameMask | Present) : null;
    }
}
