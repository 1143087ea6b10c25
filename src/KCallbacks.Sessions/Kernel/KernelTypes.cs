using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The type information of <c>nt</c>, which says where fields lie in this very kernel.</summary>
internal sealed class KernelTypes
{
    private readonly DebugEngine _engine;
    private readonly ulong _kernel;
    private readonly Dictionary<string, uint?> _types = [];

    private KernelTypes(DebugEngine engine, ulong kernel)
    {
        _engine = engine;
        _kernel = kernel;
    }

    /// <summary>Opens them; null when there are no symbols of <c>nt</c>, or only its exports, or those of another kernel.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="lack">What is wrong with the symbols; null when nothing is.</param>
    public static KernelTypes? Open(DebugEngine engine, out string? lack)
    {
        KernelTypes? types = Open(engine);
        lack = types is null ? "the symbols of nt are missing"
            : types.BelongToAnotherKernel() ? "the symbols of nt belong to another kernel"
            : null;
        return lack is null ? types : null;
    }

    private static KernelTypes? Open(DebugEngine engine)
    {
        if (!engine.DataSpaces.TryReadDebuggerData(DebuggerData.KernBase, out ulong kernel).Succeeded || kernel == 0)
            return null;
        var types = new KernelTypes(engine, kernel);

        // Asked for a type of a module without symbols, the engine prints twenty lines of advice.
        if (types.AddressOf("PsActiveProcessHead") is null)
            return null;
        return types.Find("_EPROCESS") is null || types.Find("_ETHREAD") is null ? null : types;
    }

    /// <summary>Bytes from the start of a structure to a field, for example <c>Tcb.Teb</c>; null when the structure has none.</summary>
    public uint? OffsetOf(string structure, string field) =>
        Find(structure) is { } type && _engine.Symbols.TryGetFieldOffset(_kernel, type, field, out uint offset).Succeeded ? offset : null;

    /// <summary>Bytes that a structure takes; null when there is none.</summary>
    public uint? SizeOf(string structure) =>
        Find(structure) is { } type && _engine.Symbols.TryGetTypeSize(_kernel, type, out uint size).Succeeded ? size : null;

    /// <summary>The address of a variable; null when there is none.</summary>
    public ulong? AddressOf(string variable) =>
        _engine.Symbols.TryGetOffsetByName($"nt!{variable}", out ulong address).Succeeded ? address : null;

    /// <summary>The value of a variable that holds an address; null when it cannot be read.</summary>
    public ulong? PointerIn(string variable) =>
        AddressOf(variable) is { } address ? _engine.DataSpaces.ReadNumber(address, sizeof(ulong)) : null;

    /// <summary>
    /// The kernel itself tells debuggers where its process list is and where some fields lie; symbols that say otherwise, for example
    /// such as were loaded by <c>.reload /i</c>, are not its own.
    /// </summary>
    private bool BelongToAnotherKernel() =>
        Contradicts(DebuggerData.PsActiveProcessHeadAddr, AddressOf("PsActiveProcessHead"))
        || Contradicts(DebuggerData.OffsetKThreadTeb, OffsetOf("_ETHREAD", "Tcb.Teb"))
        || Contradicts(DebuggerData.OffsetEprocessPeb, OffsetOf("_EPROCESS", "Peb"));

    private bool Contradicts(DebuggerData item, ulong? named) =>
        named is not null && _engine.DataSpaces.TryReadDebuggerData(item, out ulong told).Succeeded && told != 0 && told != named;

    private uint? Find(string structure)
    {
        if (!_types.TryGetValue(structure, out uint? type))
            _types[structure] = type = _engine.Symbols.TryGetTypeId(_kernel, structure, out uint id).Succeeded ? id : null;
        return type;
    }
}
