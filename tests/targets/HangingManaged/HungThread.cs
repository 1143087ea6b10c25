using HangingWindows;

namespace HangingManaged;

/// <summary>A thread and what is right to say of its managed code.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Handler">The program's method that its innermost callback runs; <c>-</c> for none.</param>
/// <param name="WaitingIn">The wait it stands in; <c>-</c> for none of the runtime's.</param>
/// <param name="Owner">The thread that must let go; null where the runtime knows none.</param>
internal sealed record HungThread(StandingThread Thread, string Handler, string WaitingIn, StandingThread? Owner = null)
{
    /// <summary>Its system id; 0 where there is none.</summary>
    public uint OwnerId => Owner?.WaitUntilItStands() ?? 0;
}
