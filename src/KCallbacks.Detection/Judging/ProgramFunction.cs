using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>Says which function of the program a thread in no callback runs: its window procedure, else the one that it began with.</summary>
internal static class ProgramFunction
{
    /// <summary>The function's name; null when the frames do not show it.</summary>
    public static string? Of(ThreadStack stack, FrameEvidence frames)
    {
        int program = frames.Program;
        if (program < 0)
            return null;
        while (program > 0 && ProgramStarts.Has(FunctionName.Of(stack.Frames[program].Function)))
            program--;
        program = WithoutRuntime(stack, program);
        return PrintedName.Of(stack.Frames[program]) is { Length: > 0 } name ? name : null;
    }

    /// <summary>The runtime of .NET starts a program's own method through its own code; threads of its own have no such method.</summary>
    private static int WithoutRuntime(ThreadStack stack, int program)
    {
        int own = program;
        while (own >= 0 && SystemModules.IsOfRuntime(stack.Frames[own].Module))
            own--;
        return own >= 0 && ModuleName.Recognise(stack.Frames[own].Module) == SystemModule.Other ? own : program;
    }
}
