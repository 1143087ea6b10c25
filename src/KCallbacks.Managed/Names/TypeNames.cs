using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Names;

/// <summary>Names of types by the runtime's <c>MethodTable</c>, as the contract RuntimeTypeSystem describes it.</summary>
/// <param name="memory">The runtime's data.</param>
/// <param name="assemblies">The metadata of its assemblies.</param>
internal sealed class TypeNames(RuntimeMemory memory, LoadedAssemblies assemblies)
{
    /// <summary>The row of the table of types lies above the flags.</summary>
    private const int RowShift = 8;

    /// <summary>Set where the pointer leads to the type that shares its class, instead of to the class.</summary>
    private const ulong IsCanonicalTable = 1;

    /// <summary>The name of a type; null when no type lies there.</summary>
    public string? Of(ulong table)
    {
        if (!IsType(table) || memory.Pointer(table, "MethodTable", "Module") is not { } module || assemblies.Of(module) is not { } assembly)
            return null;
        return memory.UInt32(table, "MethodTable", "MTFlags2") is { } flags ? assembly.TypeName((int)(flags >> RowShift)) : null;
    }

    /// <summary>A type and its class point at each other: no other memory does.</summary>
    private bool IsType(ulong table)
    {
        if (memory.Pointer(table, "MethodTable", "EEClassOrCanonMT") is not { } link || link == 0)
            return false;
        ulong canonical = (link & IsCanonicalTable) == 0 ? table : link & ~IsCanonicalTable;
        ulong? typeClass = canonical == table ? link : memory.Pointer(canonical, "MethodTable", "EEClassOrCanonMT");
        return memory.Pointer(typeClass, "EEClass", "MethodTable") == canonical;
    }
}
