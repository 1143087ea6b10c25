using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Dumps.Format;
using KCallbacks.Scanning;
using KCallbacks.Scanning.Unwinding;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Dumps;

/// <summary>The threads of a minidump. They are walked over unwind data, as far as the dump holds the images.</summary>
/// <param name="dump">The dump; must outlive the target.</param>
/// <param name="generated">Code that a runtime made in the process; null where there is none.</param>
/// <param name="methods">Names of its methods; null where they are not known.</param>
/// <param name="owners">What its objects tell of threads; null where they are not read.</param>
public sealed class MinidumpTarget(Minidump dump, IGeneratedCode? generated = null, IMethodNames? methods = null, ManagedOwners? owners = null) : IThreadTarget
{
    private readonly ImageWalker _images = new(dump, dump.FunctionStarts, new JoinedCode(generated, dump.GeneratedCode), methods, owners);

    /// <inheritdoc/>
    public IProcessView Process => dump;

    /// <inheritdoc/>
    public ImmutableArray<ThreadIdentity> Threads { get; } = [.. dump.Threads.Select(IdentityOf)];

    /// <inheritdoc/>
    public bool TellsWaits => true;

    /// <inheritdoc/>
    public bool IsDump => true;

    /// <inheritdoc/>
    public uint? DumpWriter => dump.Writer;

    /// <inheritdoc/>
    public IHandleView? Handles => dump.Handles;

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk failed.</exception>
    public ThreadStack Read(ThreadStack known, StackMemory? memory) => dump.Read(known);

    /// <inheritdoc/>
    /// <remarks>
    /// Only a walk to the thread's start gives frames: a shorter one shows nothing that memory does not. Base pointers are followed where nothing
    /// else leads on.
    /// </remarks>
    /// <exception cref="IOException">The disk failed.</exception>
    public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
    {
        ThreadStack walked = _images.Walk(stack, memory);
        return walked.Walk == WalkExtent.Complete ? walked : _images.Guess(stack, memory) ?? stack with { WalkEnd = walked.WalkEnd };
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk failed.</exception>
    public ThreadStack WalkInnermost(ThreadStack stack) => _images.Walk(stack);

    private static ThreadIdentity IdentityOf(ListedThread thread, int position) =>
        new(position, thread.SystemId.ToString("x", CultureInfo.InvariantCulture), (uint)position, thread.SystemId);
}
