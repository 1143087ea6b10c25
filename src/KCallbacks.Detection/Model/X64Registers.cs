namespace KCallbacks.Detection.Model;

/// <summary>The registers that a called x64 function preserves: what a walk needs beside instruction and stack pointer.</summary>
public readonly record struct X64Registers(
    ulong Rbx, ulong Rbp, ulong Rsi, ulong Rdi, ulong R12, ulong R13, ulong R14, ulong R15);
