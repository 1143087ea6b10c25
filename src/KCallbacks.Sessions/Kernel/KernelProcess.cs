using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions.Kernel;

/// <summary>A process of a kernel session. Whatever is asked of it is answered from its own address space; names are cached by address.</summary>
internal sealed class KernelProcess : IProcessView
{
    private readonly DebugEngine _engine;
    private readonly EngineNames _names;
    private readonly ImplicitContext _context;
    private readonly ProcessBlock _block;
    private readonly UserModules? _userModules;
    private readonly KernelLandmarks _landmarks;
    private readonly Dictionary<ulong, Symbol?> _symbols = [];
    private ModuleMap? _map;
    private ImagePages? _pages;

    /// <summary>Opens a process; nothing of it is read before it is asked for.</summary>
    public KernelProcess(
        DebugEngine engine, ImplicitContext context, CpuLayout machine, ProcessBlock block, UserModules? userModules, KernelLandmarks landmarks)
    {
        _engine = engine;
        _names = new EngineNames(engine.Symbols, this);
        FunctionStarts = new FunctionStarts(this);
        _context = context;
        _block = block;
        _userModules = userModules;
        _landmarks = landmarks;
        Architecture = machine.Architecture;
        WindowsBuild = engine.Control.TryGetSystemVersionValues(out SystemVersion version).Succeeded ? (int)version.KernelMinor : null;
    }

    /// <inheritdoc/>
    public Architecture Architecture { get; }

    /// <inheritdoc/>
    public int? WindowsBuild { get; }

    /// <inheritdoc/>
    public bool IsWine => false;

    /// <summary>The modules of its user half.</summary>
    public ImmutableArray<Module> Modules
    {
        get
        {
            if (field.IsDefault)
            {
                field = ProcessEnvironmentBlock is { } peb && _userModules is not null ? _userModules.Read(this, peb) : [];
                _map = new ModuleMap(field);
                _pages = new ImagePages(Read, _map);
            }

            return field;
        }
    }

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock => _block.Peb is 0 ? null : _block.Peb;

    /// <inheritdoc/>
    /// <remarks>Pages of modules are kept once the list of modules, which is read through here itself, is known.</remarks>
    public bool TryRead(ulong address, Span<byte> destination) =>
        _pages?.TryRead(address, destination) == true || Read(address, destination) == destination.Length;

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (!_symbols.TryGetValue(address, out Symbol? symbol))
            _symbols[address] = symbol = address >= AddressSpace.KernelStart ? NameInKernel(address) : NameInUserHalf(address);
        return symbol;
    }

    /// <summary>Where functions begin, for walks over the same unwind data.</summary>
    public FunctionStarts FunctionStarts { get; }

    /// <inheritdoc/>
    public ulong? FindFunctionStart(ulong address) => FunctionStarts.Of(address);

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function)
    {
        if (_engine.Symbols.TryGetOffsetByName($"{module}!{function}", out ulong address).Succeeded && IsNamedByEngine(address))
            return address;
        bool isDispatcher = module == SystemModules.Ntdll && function == Dispatcher.Function;
        return isDispatcher ? _landmarks.Dispatcher : null;
    }

    private Symbol? NameInKernel(ulong address)
    {
        Symbol? symbol = NameByEngine(address);
        return symbol?.Function is null && _landmarks.DisplacementInCallout(address) is { } displacement
            ? new Symbol(SystemModules.Kernel, KernelCallout.Function, displacement, IsExport: false)
            : symbol;
    }

    private Symbol? NameInUserHalf(ulong address)
    {
        if (IsNamedByEngine(address) && NameByEngine(address) is { } symbol)
            return symbol;
        return ModuleAt(address) is { } module ? new Symbol(module.Name, null, address - module.Base, IsExport: false) : null;
    }

    /// <summary>
    /// Whether the engine's module at an address of the user half is this process's: it may still show those of another process.
    /// Where the process's own list is paged out there is nothing to hold it against.
    /// </summary>
    private bool IsNamedByEngine(ulong address) =>
        _engine.Symbols.TryGetModuleByOffset(address, out ulong moduleBase).Succeeded
        && (Modules.IsEmpty || _map!.HasBase(moduleBase));

    private Symbol? NameByEngine(ulong address)
    {
        if (!_engine.Symbols.TryGetModuleByOffset(address, out ulong moduleBase).Succeeded)
            return null;
        if (_names.FunctionAt(address, moduleBase) is { } symbol)
            return symbol;
        return _engine.Symbols.TryGetModuleName(ModuleNameKind.Module, moduleBase, out string module).Succeeded
            ? new Symbol(module, null, address - moduleBase, IsExport: false)
            : null;
    }

    private Module? ModuleAt(ulong address) => Modules.IsEmpty ? null : _map!.At(address);

    private int Read(ulong address, Span<byte> destination) =>
        _context.Enter(_block.Identity.Address) ? _engine.DataSpaces.Read(address, destination) : 0;
}
