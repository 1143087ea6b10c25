using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.HangShapes;

/// <summary>
/// A thread that sends a message to another thread's window waits in an ordinary system call until that thread has treated it.
/// Default processing uses the same call without waiting, so the caller must be one of the sending functions.
/// </summary>
internal static class SenderShape
{
    /// <summary>The stub is called by <c>SendMessageW</c>, or by workers of it and the thunks of messages (<c>fnINLPCREATESTRUCT</c>).</summary>
    private const int Callers = 6;

    /// <summary>The id of the shape.</summary>
    public const string Id = "sender";

    /// <summary>The shape; null when the thread does not send.</summary>
    public static HangShape? Find(ThreadStack stack, ThreadFinding finding)
    {
        if (finding.BlockedIn is not { } blockedIn || !blockedIn.EndsWith(BlockingServices.MessageCall, StringComparison.OrdinalIgnoreCase))
            return null;
        int call = IndexOfCall(stack);
        return call >= 0 && HasSendingCaller(stack.Frames.AsSpan()[(call + 1)..]) ? new(Id, "waiting for another thread's window", [call]) : null;
    }

    /// <summary>Whether a function of user32 sends messages and waits for the answer.</summary>
    public static bool IsSending(string? function) => FunctionName.Of(function).StartsWith(MessageCallType.Sending);

    /// <summary>The stub by its name; without a name it is the innermost frame.</summary>
    private static int IndexOfCall(ThreadStack stack)
    {
        ReadOnlySpan<StackFrame> frames = stack.Frames.AsSpan();
        for (int i = 0; i < frames.Length; i++)
        {
            if (FunctionName.Of(frames[i].Function).IsService(BlockingServices.MessageCall) && ModuleName.Recognise(frames[i].Module) != SystemModule.Kernel)
                return i;
        }

        return frames is [{ InstructionPointer: not 0 } innermost, ..] && innermost.InstructionPointer == stack.InstructionPointer ? 0 : -1;
    }

    private static bool HasSendingCaller(ReadOnlySpan<StackFrame> outer)
    {
        foreach (StackFrame frame in outer[..Math.Min(Callers, outer.Length)])
        {
            if (ModuleName.Recognise(frame.Module) != SystemModule.User32)
                return false;
            if (IsSending(frame.Function))
                return true;
        }

        return false;
    }
}
