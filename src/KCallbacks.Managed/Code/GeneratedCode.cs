using KCallbacks.Managed.Contracts;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Managed.Code;

/// <summary>The unwind data of methods compiled as the process ran, which the runtime keeps in the form that images have it.</summary>
/// <param name="memory">The runtime's data.</param>
internal sealed class GeneratedCode(RuntimeMemory memory) : IGeneratedCode
{
    /// <summary>Parts of one method: its body and its exception handlers.</summary>
    private const uint MostParts = 1000;

    private const int PartSize = 12;

    private readonly CodeRanges _ranges = new(memory);
    private readonly CompiledMethods _methods = new(memory);
    private readonly Dictionary<ulong, GeneratedFunction?> _functions = [];

    /// <inheritdoc/>
    public GeneratedFunction? FunctionAt(ulong address)
    {
        if (_ranges.At(address) is not { Module: 0 } range || _methods.At(range, address) is not { } method)
            return null;
        if (!_functions.TryGetValue(method.Start, out GeneratedFunction? function))
            _functions[method.Start] = function = Read(method);
        return function;
    }

    private GeneratedFunction? Read(CompiledMethod method)
    {
        uint parts = memory.UInt32(method.Header, "RealCodeHeader", "NumUnwindInfos") ?? 0;
        if (parts is 0 or > MostParts || method.Range.End - method.Range.Begin > uint.MaxValue)
            return null;
        return memory.Bytes(memory.AddressOf(method.Header, "RealCodeHeader", "UnwindInfos"), (int)parts * PartSize) is { } table
            ? new GeneratedFunction(method.Range.Begin, (uint)(method.Range.End - method.Range.Begin), Used(table))
            : null;
    }

    /// <summary>The compiler reserves room for parts that it then does without: these stay zero, out of order among the others.</summary>
    private static byte[] Used(byte[] table) => [.. table.Chunk(PartSize).Where(part => part.AsSpan(0, 2 * sizeof(uint)).ContainsAnyExcept((byte)0)).SelectMany(part => part)];
}
