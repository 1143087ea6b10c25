using System.Collections.Immutable;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Scanning.Walking;

/// <summary>
/// Walks user stacks without a debugger: a thread that came the same way as another one gets its frames, the others are walked
/// over the unwind data of the process's images. Only x64 stacks can be walked so.
/// </summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
/// <param name="functions">Where its functions begin, which is read from the same unwind data.</param>
/// <param name="generated">Code that a runtime made; null where there is none.</param>
/// <param name="methods">Names of methods that the process does not tell; null where there are none.</param>
/// <param name="owners">What objects of the runtime tell of a thread; null where nothing reads them.</param>
public sealed class ImageWalker(IProcessView process, FunctionStarts functions, IGeneratedCode? generated = null, IMethodNames? methods = null, ManagedOwners? owners = null)
{
    private readonly WalkCache _known = new();
    private readonly Lazy<X64StackWalker> _unwinder = new(() => new X64StackWalker(process, functions.Directories, generated));
    private readonly Lazy<X64StackWalker> _guesser = new(() => new X64StackWalker(process, functions.Directories, generated, new BasePointerChain(process)));
    private readonly bool _mayHaveNamelessCode = process.Architecture == Architecture.X64 && process.Modules.Any(module => SystemModules.Runtimes.Contains(module.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Adds the frames as far as unwind data leads. Only whole walks are shared: what comes after the end of a cut stack may
    /// differ from thread to thread.
    /// </summary>
    /// <param name="stack">What was read of the thread.</param>
    /// <param name="memory">What its memory shows.</param>
    public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory = default)
    {
        if (process.Architecture != Architecture.X64)
            return stack with { Walk = WalkExtent.Failed, WalkEnd = "only x64 stacks can be walked over the images' unwind data" };
        if (_known.Find(stack) is { } known)
            return WithMethods(known);
        ThreadStack walked = _unwinder.Value.Walk(stack, memory.Frames).NamedBy(process).On(stack);
        if (walked.Walk == WalkExtent.Complete)
            _known.Add(walked);
        return WithMethods(walked);
    }

    /// <summary>
    /// The walk that goes on by base pointers through code of a .NET runtime of which nobody has unwind data; null where it does not reach the
    /// thread's start. It may leave out frames, and says so.
    /// </summary>
    /// <param name="stack">What was read of the thread.</param>
    /// <param name="memory">What its memory shows.</param>
    public ThreadStack? Guess(ThreadStack stack, MemoryEvidence memory) =>
        _mayHaveNamelessCode && WithMethods(_guesser.Value.Walk(stack, memory.Frames).NamedBy(process).On(stack)) is { Walk: WalkExtent.Complete } walked ? walked : null;

    /// <summary>Names the frames of managed code, and tells them apart.</summary>
    private ThreadStack WithMethods(ThreadStack walked)
    {
        if (methods is null)
            return walked;
        StackFrame[] frames = [.. walked.Frames];
        var managed = ImmutableArray.CreateBuilder<ManagedFrame>();
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].Function is not null || methods.MethodAt(frames[i].InstructionPointer) is not { } method)
                continue;
            frames[i] = frames[i] with { Module = method.Assembly, Function = method.Name, Displacement = frames[i].InstructionPointer - method.CodeStart };
            managed.Add(new(frames[i].StackPointer, frames[i].InstructionPointer, method.Name, ManagedName.KindOf(method.Name)));
        }

        if (managed.Count == 0)
            return walked;
        var told = new ManagedStack(managed.ToImmutable(), walked is { Walk: WalkExtent.Complete, Missing: MissingFrames.None });
        return walked with { Frames = [.. frames], Managed = owners is not null && walked.Thread.SystemId is { } id ? owners.Complete(told, id) : told };
    }
}
