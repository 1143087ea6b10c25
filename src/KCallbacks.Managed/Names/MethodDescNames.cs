using System.Text;
using KCallbacks.Detection.Windows;
using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Names;

/// <summary>Names of methods by the runtime's <c>MethodDesc</c>, as the contract RuntimeTypeSystem describes it.</summary>
/// <param name="memory">The runtime's data.</param>
/// <param name="assemblies">The metadata of its assemblies.</param>
internal sealed class MethodDescNames(RuntimeMemory memory, LoadedAssemblies assemblies)
{
    private const uint KindMask = 7;
    private const uint DynamicKind = 7;
    private const int TokenBits = 24;

    private const int LongestDynamicName = 200;

    private readonly int _remainderBits = (int)(memory.Descriptor.Global("MethodDescTokenRemainderBitCount") ?? 0);
    private readonly ulong _alignment = memory.Descriptor.Global("MethodDescAlignment") ?? 0;

    /// <summary>The name of a method and of its assembly; null when it cannot be read.</summary>
    public (string Assembly, string Name)? Of(ulong method)
    {
        if (memory.UInt16(method, "MethodDesc", "Flags") is not { } flags)
            return null;
        return (flags & KindMask) == DynamicKind ? NameOfDynamic(method) : NameByToken(method);
    }

    /// <summary>Of code that the runtime makes for calls, and of methods that a program makes as it runs.</summary>
    private (string Assembly, string Name)? NameOfDynamic(ulong method)
    {
        if (memory.Pointer(method, "DynamicMethodDesc", "MethodName") is not { } text || memory.Bytes(text, LongestDynamicName) is not { } bytes)
            return null;
        int end = Array.IndexOf(bytes, (byte)0);
        return end <= 0 ? null : (SystemModules.CoreRuntime, $"ILStubClass.{Encoding.UTF8.GetString(bytes, 0, end)}");
    }

    private (string Assembly, string Name)? NameByToken(ulong method)
    {
        if (memory.Byte(method, "MethodDesc", "ChunkIndex") is not { } index || memory.Descriptor.OffsetOf("MethodDescChunk", "!") is not { } chunkSize)
            return null;
        if (_remainderBits is < 1 or >= TokenBits)
            return null;
        ulong chunk = method - (index * _alignment) - chunkSize;
        ulong? table = memory.Pointer(chunk, "MethodDescChunk", "MethodTable");
        uint? range = memory.UInt16(chunk, "MethodDescChunk", "FlagsAndTokenRange") & ((1u << (TokenBits - _remainderBits)) - 1);
        uint? remainder = memory.UInt16(method, "MethodDesc", "Flags3AndTokenRemainder") & ((1u << _remainderBits) - 1);
        if (memory.Pointer(table, "MethodTable", "Module") is not { } module || assemblies.Of(module) is not { } assembly)
            return null;
        return ((range << _remainderBits) | remainder) is { } row && assembly.MethodName((int)row) is { } name ? (assembly.Name, name) : null;
    }
}
