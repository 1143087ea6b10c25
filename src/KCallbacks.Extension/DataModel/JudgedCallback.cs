using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Extension.DataModel;

/// <summary>One callback of a thread.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Position">0 for the innermost callback.</param>
internal sealed record JudgedCallback(JudgedThread Thread, int Position)
{
    /// <summary>What was found of it.</summary>
    public Callback Found => Thread.Finding.Callbacks[Position];

    /// <summary>
    /// The frames that run in this callback and in none within it, innermost first, down to the dispatcher's; empty when the
    /// stack was not walked to there.
    /// </summary>
    public ImmutableArray<StackFrame> Frames
    {
        get
        {
            if (Found.Frame is not { } dispatcher || Thread.Stack is not { } stack || dispatcher >= stack.Frames.Length)
                return [];
            int first = Position == 0 ? 0 : Thread.Finding.Callbacks[Position - 1].Frame + 1 ?? dispatcher;
            return stack.Frames[Math.Min(first, dispatcher)..(dispatcher + 1)];
        }
    }
}
