using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Routines;

/// <summary>Names the routine of a callback frame by its API number: by the process's own table, else by the name tables.</summary>
internal sealed class RoutineFinder(IProcessView process)
{
    /// <summary>Address of the process's table; 0 when it has none or it is not readable.</summary>
    private readonly Lazy<ulong> _table = new(() => process.ProcessEnvironmentBlock is { } block && TryReadPointer(process, block + ProcessBlockLayout.KernelCallbackTable, out ulong table) ? table : 0);

    private readonly ImmutableArray<Module> _wow64Win = process.Modules.IsDefault ? [] : [.. process.Modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.Wow64Win)];

    private readonly ConcurrentDictionary<int, NamedRoutine?> _symbols = new();

    private readonly ConcurrentDictionary<int, NamedRoutine?> _native = new();

    private readonly ConcurrentDictionary<int, NamedRoutine?> _wow64 = new();

    /// <summary>The routine; null when the frame holds no API number or nothing names it.</summary>
    public NamedRoutine? Find(CallbackFrame frame)
    {
        if (frame.Routine is { } known)
            return new NamedRoutine($"user32!__{known}", RoutineSource.Input);
        if (frame.ApiNumber is not { } apiNumber)
            return null;
        return _symbols.GetOrAdd(apiNumber, FindBySymbol) ?? FindByTable(frame, apiNumber);
    }

    /// <summary>
    /// The 32-bit process of a WoW64 thread shows its 32-bit block, whose table is not that of the 64-bit frame.
    /// </summary>
    private NamedRoutine? FindBySymbol(int apiNumber)
    {
        if (process.Architecture is not (Architecture.X64 or Architecture.Arm64) || _table.Value == 0)
            return null;
        if (!TryReadPointer(process, _table.Value + ((ulong)apiNumber * sizeof(ulong)), out ulong routine) || process.FindSymbol(routine) is not { } symbol)
            return null;
        return IsName(symbol) ? new NamedRoutine($"{symbol.Module}!{symbol.Function}", RoutineSource.Symbol) : null;
    }

    /// <summary>Routines are not exported, so an export at the same address is one only if it is called like one.</summary>
    private static bool IsName(Symbol symbol) =>
        symbol is { Function: { } function, Displacement: 0 } && (!symbol.IsExport || RoutineName.IsLike(FunctionName.Of(function)));

    /// <summary>Wine numbers its callbacks in its own way, and its table is of no use for Windows.</summary>
    private NamedRoutine? FindByTable(CallbackFrame frame, int apiNumber)
    {
        if (frame.Layout == CallbackLayout.WineX64)
            return WineRoutines.Wine8.NameOf(apiNumber) is { } wineName ? new NamedRoutine($"user32!{wineName}", RoutineSource.NameTable) : null;
        if (process.IsWine)
            return null;
        return IsOfWow64(frame) ? _wow64.GetOrAdd(apiNumber, FindByBuild, "wow64win!whcb") : _native.GetOrAdd(apiNumber, FindByBuild, "user32!_");
    }

    private NamedRoutine? FindByBuild(int apiNumber, string prefix) =>
        RoutineTables.Find(process.WindowsBuild, apiNumber) is { } name ? new NamedRoutine(prefix + name, RoutineSource.NameTable) : null;

    /// <summary>The 64-bit half of a WoW64 thread has 64-bit frames, system calls in wow64win and wow64win's routines.</summary>
    private bool IsOfWow64(CallbackFrame frame) =>
        frame.Layout == CallbackLayout.X64 && (process.Architecture == Architecture.X86 || IsInWow64Win(frame.EntryInstructionPointer));

    private bool IsInWow64Win(ulong address) => !_wow64Win.IsEmpty && _wow64Win.Any(module => module.Contains(address));

    private static bool TryReadPointer(IProcessView process, ulong address, out ulong pointer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bool isRead = process.TryRead(address, bytes);
        pointer = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return isRead;
    }
}
