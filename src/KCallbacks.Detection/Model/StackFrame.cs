namespace KCallbacks.Detection.Model;

/// <summary>One frame of a walked stack, as the target gives it; nothing in it is normalised.</summary>
/// <param name="Module">Module name as printed, for example <c>ntdll</c> or <c>USER32.dll</c>; null when none was found.</param>
/// <param name="Function">Function name as printed; null when the address has no symbol.</param>
/// <param name="Displacement">Bytes from the function's (or, without a function, the module's) start; null when not known.</param>
/// <param name="InstructionPointer">Address of the instruction this frame executes or returns to; 0 when not known.</param>
/// <param name="StackPointer">Child-SP on x64 and ARM64, ChildEBP on x86 text; 0 when not known.</param>
/// <param name="ReturnAddress">Where this frame returns to; 0 when not known.</param>
/// <param name="Side">User or kernel, when the target knows; otherwise the detection engine derives it.</param>
public readonly record struct StackFrame(
    string? Module,
    string? Function,
    ulong? Displacement = null,
    ulong InstructionPointer = 0,
    ulong StackPointer = 0,
    ulong ReturnAddress = 0,
    FrameSide Side = FrameSide.Unknown)
{
    /// <summary>Whether the exports of its module are at hand and none of them is its function; the dispatcher, which is exported, has a name then.</summary>
    public bool IsUnexported { get; init; }

    /// <summary>The frame with the names that a process gives its instruction.</summary>
    public StackFrame NamedBy(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        Symbol? symbol = process.FindSymbol(InstructionPointer);
        return this with
        {
            Module = symbol?.Module,
            Function = symbol?.Function,
            Displacement = symbol?.Displacement,
            IsUnexported = symbol is { IsExport: true, Function: null },
        };
    }
}
