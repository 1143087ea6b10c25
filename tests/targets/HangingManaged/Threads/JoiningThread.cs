using HangingWindows;

namespace HangingManaged.Threads;

/// <summary>Waits until a thread ends that does not.</summary>
internal sealed class JoiningThread(StandingThread other) : ReceivingThread("joiner")
{
    protected override void Hang()
    {
        other.WaitUntilItStands();
        Arrive();
        other.Thread.Join();
    }
}
