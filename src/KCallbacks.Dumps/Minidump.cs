using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Scanning.Unwinding;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace KCallbacks.Dumps;

/// <summary>
/// A minidump as a process whose threads can be judged, on any operating system. Stacks of x64 are walked, and names come from
/// export tables, as far as the dump holds the images.
/// </summary>
public sealed class Minidump : IProcessView, IDisposable
{
    private readonly DataTarget _target;
    private readonly Machine _machine;
    private readonly Dictionary<ulong, ExportTable> _exports = [];
    private readonly X64StackWalker? _walker;

    private Minidump(DataTarget target, Machine machine, int? windowsBuild)
    {
        _target = target;
        _machine = machine;
        Modules = NamesOf(target.DataReader.EnumerateModules());
        WindowsBuild = windowsBuild;
        ThreadIds = [.. Threads.EnumerateOSThreadIds()];
        ProcessEnvironmentBlock = ThreadIds.Select(ProcessBlockOf).FirstOrDefault(address => address is not null);
        IsWine = FindFunction("ntdll", "wine_get_version") is not null;
        _walker = Architecture == Architecture.X64 ? new X64StackWalker(this) : null;
    }

    /// <inheritdoc/>
    public Architecture Architecture => _machine.Architecture;

    /// <inheritdoc/>
    public int? WindowsBuild { get; }

    /// <inheritdoc/>
    public bool IsWine { get; }

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules { get; }

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock { get; }

    /// <summary>Ids of the threads in the dump's order, which is also the debugger's.</summary>
    public ImmutableArray<uint> ThreadIds { get; }

    /// <summary>Whether it is a 32-bit process in a dump made by a 64-bit program, which shows the 64-bit halves of its threads.</summary>
    public bool IsWow64 => Architecture is Architecture.X64 or Architecture.Arm64 && Modules.Any(module => module.IsWow64);

    private IThreadReader Threads => (IThreadReader)_target.DataReader;

    /// <summary>Opens a minidump.</summary>
    /// <exception cref="DumpException">The file cannot be opened, is no minidump, is damaged, or is of another processor.</exception>
    public static Minidump Open(string path)
    {
        DataTarget? target = null;
        try
        {
            using FileStream file = File.OpenRead(path);
            target = DataTarget.LoadDump(path);
            Machine machine = Machine.Of(target.DataReader.Architecture)
                ?? throw new DumpException($"The dump is of a {target.DataReader.Architecture} process; x64, x86, ARM64 and ARM are known.");
            return new Minidump(target, machine, SystemInfoStream.ReadBuild(file));
        }
        catch (Exception error) when (error is not DumpException)
        {
            // ClrMD throws many kinds of exceptions for damaged files; all of them mean this.
            target?.Dispose();
            throw new DumpException($"The dump cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The threads with their stack memory and frames; one that cannot be read says so in <see cref="ThreadStack.Problem"/>.</summary>
    public IEnumerable<ThreadStack> ReadThreads() => ThreadIds.Select(ReadThread);

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination) => _target.DataReader.Read(address, destination) == destination.Length;

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (Modules.FirstOrDefault(module => module.Contains(address)) is not { } module)
            return null;

        uint offset = (uint)(address - module.Base);
        return ExportsOf(module).At(offset) is { } export
            ? new Symbol(module.Name, export.Name, offset - export.Offset, IsExport: true)
            : new Symbol(module.Name, null, offset, IsExport: false);
    }

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function) =>
        Modules.Where(candidate => string.Equals(candidate.Name, module, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => candidate.Base + ExportsOf(candidate).OffsetOf(function))
            .FirstOrDefault(address => address is not null);

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    private ThreadStack ReadThread(uint systemId, int position)
    {
        var stack = new ThreadStack
        {
            Thread = new ThreadIdentity(position, systemId.ToString("x", CultureInfo.InvariantCulture), (uint)position, systemId),
        };

        byte[] context = new byte[_machine.ContextSize];
        if (!_target.DataReader.GetThreadContext(systemId, 0, context))
            return stack with { Problem = "the dump does not hold the thread's registers" };

        ulong stackPointer = _machine.ToAddress(context.AsSpan(_machine.StackPointer));
        StackMemory? memory = ReadStack(stackPointer, StackBaseOf(systemId));
        return Walk(stack with
        {
            InstructionPointer = _machine.ToAddress(context.AsSpan(_machine.InstructionPointer)),
            StackPointer = stackPointer,
            Registers = _walker is null ? null : X64Registers.OfContext(context),
            Memory = memory,
            Problem = memory is null ? "the dump does not hold the thread's stack" : null,
        });
    }

    /// <summary>Adds the frames where a walk finds the thread's start; a shorter one shows nothing that memory does not.</summary>
    private ThreadStack Walk(ThreadStack stack) =>
        _walker?.Walk(stack) is { Extent: WalkExtent.Complete } walk ? walk.On(stack, this) : stack;

    private StackMemory? ReadStack(ulong stackPointer, ulong? stackBase) => DumpStack.Read(_target.DataReader, stackPointer, stackBase);

    private ulong? StackBaseOf(uint systemId) => ReadPointer(Threads.GetThreadTeb(systemId), _machine.StackBase);

    private ulong? ProcessBlockOf(uint systemId) => ReadPointer(Threads.GetThreadTeb(systemId), _machine.ProcessBlock);

    private ulong? ReadPointer(ulong structure, ulong offset)
    {
        Span<byte> pointer = stackalloc byte[_machine.PointerSize];
        return structure != 0 && TryRead(structure + offset, pointer) && _machine.ToAddress(pointer) is not 0 and ulong value ? value : null;
    }

    private ExportTable ExportsOf(Module module)
    {
        if (!_exports.TryGetValue(module.Base, out ExportTable? exports))
            _exports[module.Base] = exports = ExportTable.Read(module, ReadBytes);
        return exports;
    }

    private byte[]? ReadBytes(ulong address, int count)
    {
        byte[] bytes = new byte[count];
        return TryRead(address, bytes) ? bytes : null;
    }

    /// <summary>Names without path and extension; a second module of the same name gets its base behind it, as in the debugger.</summary>
    private static ImmutableArray<Module> NamesOf(IEnumerable<ModuleInfo> modules)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. modules.Select(module => new Module(
                taken.Add(NameOf(module)) ? NameOf(module) : string.Create(CultureInfo.InvariantCulture, $"{NameOf(module)}_{module.ImageBase:x}"),
                module.ImageBase,
                (uint)Math.Clamp(module.ImageSize, 0, uint.MaxValue))),
        ];
    }

    private static string NameOf(ModuleInfo module)
    {
        string file = module.FileName ?? "";
        string name = file[(file.LastIndexOfAny(['\\', '/']) + 1)..];
        int extension = name.LastIndexOf('.');
        return extension > 0 ? name[..extension] : name;
    }
}
