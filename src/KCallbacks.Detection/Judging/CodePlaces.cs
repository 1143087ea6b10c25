using System.Collections.Concurrent;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Judging;

/// <summary>Where threads stand in their modules: unlike an address the same in every run, and there even where nothing has a name.</summary>
internal sealed class CodePlaces(IProcessView process)
{
    private readonly bool _knowsModules = !process.Modules.IsDefaultOrEmpty;
    private readonly ConcurrentDictionary<ulong, string?> _known = new();
    private readonly Func<ulong, string?> _find = address => PlaceName.InModule(process, address);

    /// <summary>Address of a thread's innermost user-mode instruction; 0 when nothing tells it.</summary>
    public static ulong InstructionOf(ThreadStack stack) =>
        stack.InstructionPointer != 0 ? stack.InstructionPointer : stack.Frames.FirstOrDefault(frame => !FrameReading.Of(frame).IsKernel).InstructionPointer;

    /// <summary><c>module+0xoffset</c>; null when the address lies in no known module.</summary>
    public string? Of(ulong address) => _knowsModules && address != 0 ? _known.GetOrAdd(address, _find) : null;
}
