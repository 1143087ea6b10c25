using System.Buffers.Binary;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Waits for the answer to a message that was sent to a window of another thread.</summary>
internal sealed class MessageWaits
{
    private const int WindowArgument = 0;
    private const int MessageArgument = 1;
    private const int ExtraArgument = 4;

    private readonly IWindowView _windows;
    private readonly ThreadDirectory _threads;
    private readonly Lazy<Dictionary<ulong, uint>> _callbackWindows;

    public MessageWaits(IProcessView process, IWindowView windows, ThreadDirectory threads)
    {
        _windows = windows;
        _threads = threads;
        _callbackWindows = new(() => CallbackWindows(process, threads));
    }

    /// <summary>The wait; null for a call that does not wait for another thread, as default processing, or that does not tell.</summary>
    public Wait? Of(BlockedThread thread)
    {
        CallArguments arguments = thread.Arguments;
        return TypeOf(thread, arguments) switch
        {
            MessageCallType.Send or MessageCallType.SendWithTimeout => ToWindow(arguments),
            MessageCallType.Broadcast or MessageCallType.BroadcastSystem => new Wait
            {
                Kind = WaitKind.WindowMessage,
                Object = new WaitedObject(Name: NameOf(arguments)),
                NoOwner = "it waits for every top-level window",
                IsBroadcast = true,
                Evidence = [arguments.SourceOf(MessageCallType.Argument)],
            },
            _ => null,
        };
    }

    /// <summary>How long a sender waits.</summary>
    public static TimeSpan? TimeoutOf(BlockedThread thread)
    {
        CallArguments arguments = thread.Arguments;
        if (TypeOf(thread, arguments) != MessageCallType.SendWithTimeout)
            return Timeout.InfiniteTimeSpan;
        return arguments[ExtraArgument] is { } extra && thread.Number(extra + MessageCallType.TimeoutOffset) is { } milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }

    /// <summary>What the call is for, by its argument; where that is not known, by the function of user32 that made it.</summary>
    private static uint? TypeOf(BlockedThread thread, CallArguments arguments) =>
        (uint?)arguments[MessageCallType.Argument] ?? SendingFunctions.TypeOf(thread.Stack.Frames);

    private Wait ToWindow(CallArguments arguments)
    {
        var wait = new Wait { Kind = WaitKind.WindowMessage, Object = new WaitedObject(Handle: arguments[WindowArgument], Name: NameOf(arguments)) };
        if (arguments[WindowArgument] is not { } window)
            return wait with { NoOwner = "the window is not known" };
        wait = wait with { Evidence = [arguments.SourceOf(WindowArgument)] };
        if (OwnerOf(window) is not { } owner)
            return wait with { NoOwner = "whose the window is, is not recorded" };

        bool isThere = _threads.Find(owner.ThreadId) is not null;
        return wait with
        {
            Owners = [_threads.OwnerOf(owner.ThreadId, owner.ProcessId, owner.ProcessName)],
            State = isThere ? null : "the window is another process's",
            Proof = isThere ? WaitProof.Certain : WaitProof.Likely,
            Evidence = wait.Evidence.Add(owner.Evidence),
            IsBeingHandled = isThere && Handles(_threads.Find(owner.ThreadId)!, (uint?)arguments[MessageArgument]),
        };
    }

    private static string? NameOf(CallArguments arguments) => arguments[MessageArgument] is { } message and <= uint.MaxValue
        ? MessageNames.Of((uint)message) ?? string.Create(CultureInfo.InvariantCulture, $"0x{message:x}")
        : null;

    /// <summary>By the table of windows; else the thread in which the kernel calls this window's procedure, which runs on its owner only.</summary>
    public WindowOwner? OwnerOf(ulong window)
    {
        if (_windows.OwnerOf(window) is { } owner)
            return owner;
        return _callbackWindows.Value.TryGetValue(window, out uint id)
            ? new WindowOwner(id, null, string.Create(CultureInfo.InvariantCulture, $"the kernel calls its procedure in thread {id:x}"))
            : null;
    }

    /// <summary>The windows whose procedures the kernel calls right now, and in which thread. TEBs that show the same window contradict each other.</summary>
    private static Dictionary<ulong, uint> CallbackWindows(IProcessView process, ThreadDirectory threads)
    {
        var found = new Dictionary<ulong, uint>();
        var doubted = new HashSet<ulong>();
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        foreach (WaitInput thread in process.Architecture == Architecture.X64 ? threads.Threads : [])
        {
            if (thread.Stack is not { Thread.SystemId: { } id, EnvironmentBlock: { } block })
                continue;
            if (!process.TryRead(block + ThreadBlockLayout.X64.CallbackWindow!.Value, word))
                continue;
            ulong window = BinaryPrimitives.ReadUInt64LittleEndian(word);
            if (window != 0 && !found.TryAdd(window, id))
                doubted.Add(window);
        }

        foreach (ulong window in doubted)
            found.Remove(window);
        return found;
    }

    /// <summary>Whether one of a thread's callbacks delivers a message of that number.</summary>
    private static bool Handles(WaitInput receiver, uint? message) =>
        message is { } number && receiver.Finding is { } finding && finding.Callbacks.Any(callback => callback.Message?.Number == number);
}
