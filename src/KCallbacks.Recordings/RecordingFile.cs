using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings.Input;

namespace KCallbacks.Recordings;

/// <summary>
/// A recording of either format, opened. Its threads are read once, as a stream; what is said of the target and the problems
/// is final when the last thread was read.
/// </summary>
public abstract class RecordingFile
{
    private protected ProblemLog Log { get; } = new();

    /// <summary>The format, never <see cref="RecordingFormat.Auto"/>.</summary>
    public abstract RecordingFormat Format { get; }

    /// <summary>The target's architecture; for text as far as the width of its addresses tells.</summary>
    public abstract Architecture Architecture { get; }

    /// <summary>The session the stacks come from.</summary>
    public abstract SessionKind Session { get; }

    /// <summary>The process whose threads are judged; hand it to <see cref="CallbackDetector"/>.</summary>
    public abstract IProcessView Process { get; }

    /// <summary>What could not be read, in the order of the source; at most 100 are kept.</summary>
    public ImmutableArray<RecordingProblem> Problems => Log.Problems;

    /// <summary>How many problems there are, also those not kept in <see cref="Problems"/>.</summary>
    public long ProblemCount => Log.Count;

    /// <summary>Whether the source is not what it should be: empty, binary, cut off, of another schema, with an endless line.</summary>
    public bool HasErrors => Log.HasErrors;

    /// <summary>Who waits for whom, as far as the source tells; null where it does not. To be asked once, after the last thread was read.</summary>
    public virtual WaitGraph? Waits => null;

    /// <summary>Of which process they are, and when they stood so; null where the source does not tell.</summary>
    public virtual Capture? Capture => null;

    /// <summary>Opens a lossless recording. Nothing that is wrong with it throws: it is found in <see cref="Problems"/>.</summary>
    /// <param name="stream">The recording; read forwards only, and not disposed.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static RecordingFile Open(Stream stream) => new JsonRecordingFile(new PeekedStream(stream));

    /// <summary>The threads in the order of the source. May be enumerated once.</summary>
    public abstract IEnumerable<ThreadStack> ReadThreads();
}
