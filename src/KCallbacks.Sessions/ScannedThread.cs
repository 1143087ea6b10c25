using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions;

/// <summary>How far the scan of one thread is.</summary>
/// <param name="identity">The thread.</param>
internal sealed class ScannedThread(ThreadIdentity identity)
{
    /// <summary>The thread.</summary>
    public ThreadIdentity Identity { get; } = identity;

    /// <summary>What was read of it, until it is judged; then what is kept of that.</summary>
    public ThreadStack? Stack { get; set; }

    /// <summary>What was found; null until it is judged.</summary>
    public ThreadFinding? Finding { get; private set; }

    /// <summary>Ends the scan of the thread.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="kept">What is kept of its stack.</param>
    public void Conclude(ThreadFinding finding, ThreadStack? kept)
    {
        Finding = finding;
        Stack = kept;
    }
}
