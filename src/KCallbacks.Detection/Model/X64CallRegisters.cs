namespace KCallbacks.Detection.Model;

/// <summary>
/// The registers that carry a system call's number and arguments. Windows 10 and later leave them in the context of a blocked thread;
/// whether they are, each thread must show itself.
/// </summary>
public readonly record struct X64CallRegisters(ulong Rax, ulong Rcx, ulong Rdx, ulong R8, ulong R9, ulong R10, ulong R11);
