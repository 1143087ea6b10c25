namespace KCallbacks.Sessions.User;

/// <summary>What the thread list of a dump says of one thread's stack.</summary>
/// <param name="Start">Address of the first byte that was kept: the stack pointer, or a little below.</param>
/// <param name="Size">Bytes that were kept, as a rule up to the stack's base.</param>
/// <param name="Teb">Address of the TEB, which tells where the stack ends.</param>
internal readonly record struct ListedStack(ulong Start, uint Size, ulong Teb);
