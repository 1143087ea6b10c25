namespace KCallbacks.Detection.Waits;

/// <summary>A contended critical section whose fields agree with each other.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="OwningThread">System id of the owner; 0 while it is handed over.</param>
/// <param name="Waiters">Threads that wait.</param>
/// <param name="IsWaiterWoken">Whether one of them has been woken and is about to get it.</param>
/// <param name="LockSemaphore">Handle of the event it is waited on; 0 where the wait goes by address.</param>
/// <param name="HasBackPointer">Whether its debug information points back at it, which nothing does by chance.</param>
internal sealed record CriticalSection(
    ulong Address, uint OwningThread, int Waiters, bool IsWaiterWoken, ulong LockSemaphore, bool HasBackPointer);
