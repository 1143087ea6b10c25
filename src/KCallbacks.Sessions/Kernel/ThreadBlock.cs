using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>What is read of an ETHREAD.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Id">The operating system's thread id; null when not known.</param>
/// <param name="Teb">Address of its TEB, 0 when it has none; null when not known.</param>
/// <param name="TrapFrame">Address of the frame that holds its user registers; null or 0 when there is none.</param>
/// <param name="State">What it says of callbacks and waiting.</param>
internal sealed record ThreadBlock(ulong Address, uint? Id, ulong? Teb, ulong? TrapFrame, KernelState State)
{
    /// <summary>A thread of which nothing can be read without symbols.</summary>
    public static ThreadBlock Unread(ulong address) => new(address, null, null, null, new KernelState());
}
