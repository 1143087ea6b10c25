using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Threads;

namespace KCallbacks.PrintedStacks;

/// <summary>The process of printed stacks: nothing is known but the architecture, as far as the lines read so far tell it.</summary>
internal sealed class PrintedProcess(TargetTraits target) : UnknownProcess
{
    public override Architecture Architecture => target.Architecture;
}
