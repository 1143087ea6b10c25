using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Code;

/// <summary>The methods whose code images hold, compiled beforehand (ReadyToRun).</summary>
/// <param name="memory">The runtime's data.</param>
internal sealed class PrecompiledMethods(RuntimeMemory memory)
{
    private const uint FunctionSize = 12;

    /// <summary>More than any image has.</summary>
    private const uint MostFunctions = 1 << 22;

    /// <summary>Exception handlers of one method that lie after its body.</summary>
    private const int MostHandlers = 16;

    /// <summary>The <c>MethodDesc</c> of the method at an address, and where its code begins; null when there is none.</summary>
    /// <param name="module">The runtime's <c>Module</c>.</param>
    /// <param name="address">The address.</param>
    public (ulong Method, ulong Start)? At(ulong module, ulong address)
    {
        ulong? own = memory.Pointer(module, "Module", "ReadyToRunInfo");
        // Of several assemblies compiled into one image, the image has the code.
        ulong? info = memory.Pointer(own, "ReadyToRunInfo", "CompositeInfo") is { } composite and not 0 ? composite : own;
        if (memory.Pointer(module, "Module", "Base") is not { } image || address < image || address - image > uint.MaxValue)
            return null;
        if (memory.UInt32(info, "ReadyToRunInfo", "NumRuntimeFunctions") is not { } count || count > MostFunctions)
            return null;
        if (memory.Pointer(info, "ReadyToRunInfo", "RuntimeFunctions") is not { } functions)
            return null;

        long found = LastAtOrBefore(functions, count, (uint)(address - image));
        var entries = new PointerHashMap(memory, memory.AddressOf(info, "ReadyToRunInfo", "EntryPointToMethodDescMap"));
        for (long i = found; i >= 0 && i > found - MostHandlers; i--)
        {
            if (memory.UInt32At(functions + ((ulong)i * FunctionSize)) is { } begin && entries.Find(image + begin) is { } method)
                return (method, image + begin);
        }

        return null;
    }

    private long LastAtOrBefore(ulong functions, uint count, uint offset)
    {
        long low = 0;
        long high = count - 1L;
        while (low <= high)
        {
            long middle = (low + high) / 2;
            if (memory.UInt32At(functions + ((ulong)middle * FunctionSize)) is not { } begin)
                return -1;
            if (begin <= offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }
}
