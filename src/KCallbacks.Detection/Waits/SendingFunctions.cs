using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// What <c>NtUserMessageCall</c> is called for, by the functions of user32 that call it: sending waits for another thread, default processing
/// does not.
/// </summary>
internal static class SendingFunctions
{
    /// <summary>Frames between the stub and the function that the program calls: workers of it and the thunks of messages.</summary>
    private const int Most = 6;

    /// <summary>The type of the call; null when the frames do not tell.</summary>
    public static uint? TypeOf(ImmutableArray<StackFrame> frames)
    {
        uint? found = null;
        int left = Most;
        foreach (StackFrame frame in frames)
        {
            SystemModule module = ModuleName.Recognise(frame.Module);
            FunctionName name = FunctionName.Of(frame.Function);
            if (module is SystemModule.Kernel or SystemModule.Ntdll || name.IsSystemService)
                continue;
            if (module != SystemModule.User32 || left-- == 0)
                break;
            if (name.StartsWith(MessageCallType.SendingWithTimeout))
                return MessageCallType.SendWithTimeout;
            if (name.StartsWith(MessageCallType.Sending) && !name.StartsWith(MessageCallType.SendingWithAnswerLater))
                found = MessageCallType.Send;
        }

        return found;
    }
}
