namespace KCallbacks.Scanning.Unwinding;

/// <summary>One decoded UNWIND_CODE.</summary>
/// <param name="PrologueOffset">Offset in the function right behind the instruction it describes.</param>
/// <param name="Operation">What the instruction did.</param>
/// <param name="Info">The register's number, or whether a machine frame has an error code.</param>
/// <param name="Bytes">Bytes allocated, or the offset from the frame's base at which a register was saved.</param>
internal readonly record struct UnwindCode(byte PrologueOffset, UnwindOperation Operation, byte Info, uint Bytes);
