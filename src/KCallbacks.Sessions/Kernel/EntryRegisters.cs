using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The registers with which a thread entered the kernel.</summary>
/// <param name="InstructionPointer">Where it goes on when the kernel returns.</param>
/// <param name="StackPointer">Its user stack pointer.</param>
/// <param name="Preserved">What a walk needs besides; null where only a walk told the pointers.</param>
internal readonly record struct EntryRegisters(ulong InstructionPointer, ulong StackPointer, X64Registers? Preserved);
