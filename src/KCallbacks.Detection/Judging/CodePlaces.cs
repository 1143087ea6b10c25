using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>Where code lies in its module: unlike an address the same in every run, and there even where nothing has a name.</summary>
internal sealed class CodePlaces(IProcessView process)
{
    private readonly ImmutableArray<Module> _modules = process.Modules.IsDefault ? [] : [.. process.Modules.OrderBy(module => module.Base)];

    /// <summary>A finding with the places of the code that it has addresses of.</summary>
    public ThreadFinding AddTo(ThreadFinding finding, ThreadStack stack)
    {
        ulong instruction = stack.InstructionPointer != 0 ? stack.InstructionPointer : InnermostUserFrame(stack).InstructionPointer;
        return finding with
        {
            InstructionPointer = instruction,
            InstructionPlace = Of(instruction),
            Callbacks = finding.Callbacks.Any(callback => callback.Message is { WindowProcedure: not 0 })
                ? [.. finding.Callbacks.Select(AddTo)]
                : finding.Callbacks,
        };
    }

    /// <summary><c>module+0xoffset</c>; null when the address lies in no known module.</summary>
    private string? Of(ulong address)
    {
        int low = 0;
        int high = _modules.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_modules[middle].Base <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && _modules[low - 1] is var module && module.Contains(address) ? $"{module.Name}+0x{address - module.Base:x}" : null;
    }

    private Callback AddTo(Callback callback) => callback.Message is { } message
        ? callback with { Message = message with { WindowProcedurePlace = Of(message.WindowProcedure) } }
        : callback;

    private static StackFrame InnermostUserFrame(ThreadStack stack) => stack.Frames.FirstOrDefault(frame => !FrameReading.Of(frame).IsKernel);
}
