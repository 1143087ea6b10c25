using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Whose windows are, by the window manager's table of handles, which dumps with full memory hold.</summary>
/// <param name="process">The process, whose own code is 64-bit.</param>
/// <param name="threads">Its threads.</param>
internal sealed class WindowTable(IProcessView process, ImmutableArray<WaitInput> threads) : IWindowView
{
    private const int HandleUniqueShift = 16;

    private readonly Lazy<Table?> _table = new(() => Open(process));
    private readonly Lazy<Dictionary<ulong, uint>> _threadOfInfo = new(() => ThreadsByInfo(process, threads));

    /// <inheritdoc/>
    public WindowOwner? OwnerOf(ulong window)
    {
        if (_table.Value is not { } table || (window & ushort.MaxValue) >= table.Count)
            return null;
        Span<byte> entry = stackalloc byte[(int)table.Layout.EntrySize];
        if (!process.TryRead(table.Address + ((window & ushort.MaxValue) * table.Layout.EntrySize), entry) || !IsWindow(entry, table.Layout, (uint)window))
            return null;

        ulong owner = BinaryPrimitives.ReadUInt64LittleEndian(entry[(int)WindowTableLayout.Owner..]);
        if (table.Layout.OwnerIsThreadId)
            return owner is > 0 and <= uint.MaxValue ? Of((uint)owner) : null;
        return _threadOfInfo.Value.TryGetValue(owner, out uint id) ? Of(id) : null;
    }

    private static WindowOwner Of(uint thread) => new(thread, null, "the window manager's table of handles names its thread");

    private static bool IsWindow(ReadOnlySpan<byte> entry, WindowTableLayout layout, uint window)
    {
        ushort unique = BinaryPrimitives.ReadUInt16LittleEndian(entry[(int)layout.Unique..]);
        return entry[(int)layout.Type] == WindowTableLayout.Window
            && (entry[(int)layout.Flags] & WindowTableLayout.Destroyed) == 0
            && ((unique ^ (window >> HandleUniqueShift)) & layout.UniqueMask) == 0;
    }

    private static Table? Open(IProcessView process)
    {
        if (process is not { Architecture: Architecture.X64, WindowsBuild: { } build, IsWine: false } || WindowTableLayout.Of(build) is not { } layout)
            return null;
        if (process.FindFunction(SystemModules.User32, WindowTableLayout.Variable) is not { } shared)
            return null;
        if ((uint?)Read(process, shared + WindowTableLayout.SizeOfEntry) != layout.EntrySize)
            return null;
        return Read(process, shared + WindowTableLayout.Entries) is { } address and not 0
            && Read(process, shared + WindowTableLayout.ServerInformation) is { } information and not 0
            && Read(process, information + WindowTableLayout.CountOfEntries) is { } count
                ? new Table(address, (uint)count, layout)
                : null;
    }

    /// <summary>Threads without windows hold 0 there.</summary>
    private static Dictionary<ulong, uint> ThreadsByInfo(IProcessView process, ImmutableArray<WaitInput> threads)
    {
        var found = new Dictionary<ulong, uint>();
        foreach (WaitInput thread in threads)
        {
            if (thread.Stack is not { EnvironmentBlock: { } block, Thread.SystemId: { } id })
                continue;
            if (Read(process, block + WindowTableLayout.Win32ThreadInfo) is { } info and not 0)
                found.TryAdd(info, id);
        }

        return found;
    }

    private static ulong? Read(IProcessView process, ulong address)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        return process.TryRead(address, word) ? BinaryPrimitives.ReadUInt64LittleEndian(word) : null;
    }

    private sealed record Table(ulong Address, uint Count, WindowTableLayout Layout);
}
