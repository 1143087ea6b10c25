namespace KCallbacks.Scanning;

/// <summary>Where the time of a scan went.</summary>
/// <param name="ThreadsRead">Threads whose registers and memory were read.</param>
/// <param name="BytesRead">Stack bytes read.</param>
/// <param name="ReadTime">Time to read them and to judge those whose memory suffices.</param>
/// <param name="ThreadsWalked">Threads that were walked.</param>
/// <param name="FramesWalked">Frames of these.</param>
/// <param name="WalkTime">Time to walk them, to name the frames and to judge.</param>
/// <param name="ListTime">Time to list them, in kernel sessions.</param>
/// <param name="WaitTime">Time to find who waits for whom.</param>
/// <param name="ThreadsAsked">Threads of which a .NET runtime was asked.</param>
/// <param name="ManagedTime">Time it took to answer.</param>
public sealed record ScanStatistics(
    int ThreadsRead = 0,
    long BytesRead = 0,
    TimeSpan ReadTime = default,
    int ThreadsWalked = 0,
    long FramesWalked = 0,
    TimeSpan WalkTime = default,
    TimeSpan ListTime = default,
    TimeSpan WaitTime = default,
    int ThreadsAsked = 0,
    TimeSpan ManagedTime = default)
{
    /// <summary>What two scans took together.</summary>
    public static ScanStatistics operator +(ScanStatistics left, ScanStatistics right) => new(
        left.ThreadsRead + right.ThreadsRead,
        left.BytesRead + right.BytesRead,
        left.ReadTime + right.ReadTime,
        left.ThreadsWalked + right.ThreadsWalked,
        left.FramesWalked + right.FramesWalked,
        left.WalkTime + right.WalkTime,
        left.ListTime + right.ListTime,
        left.WaitTime + right.WaitTime,
        left.ThreadsAsked + right.ThreadsAsked,
        left.ManagedTime + right.ManagedTime);
}
