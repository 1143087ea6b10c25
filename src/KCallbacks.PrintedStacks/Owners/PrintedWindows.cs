using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Which threads run the procedures of which windows, by the arguments printed with user32's call of them. A procedure runs on its window's own thread.</summary>
internal sealed class PrintedWindows
{
    private readonly Dictionary<(Scope Scope, ulong Window), WindowThread?> _owners = [];

    public PrintedWindows(ImmutableArray<PrintedThread> threads)
    {
        foreach (PrintedThread thread in threads)
        {
            foreach (FrameArguments frame in thread.Notes.Arguments)
            {
                if (frame is { Is32Bit: true, Values: [_, var window, var message, ..] } && WindowProcedureCall.Is(FunctionName.Of(frame.Frame.Function)))
                    Add(thread, window, message);
            }
        }
    }

    /// <summary>The thread that runs a window's procedure; null when none or several do.</summary>
    public WindowThread? OwnerOf(Scope scope, ulong window) => _owners.GetValueOrDefault((scope, window));

    private void Add(PrintedThread thread, ulong window, ulong message)
    {
        (Scope, ulong) key = (thread.Notes.Scope, window);
        if (!_owners.TryGetValue(key, out WindowThread? known))
            _owners[key] = known = new WindowThread(thread.Waits.Thread);
        if (known is null || known.Position != thread.Position)
            _owners[key] = null;
        else if (message <= uint.MaxValue)
            known.Messages.Add(MessageNames.Of((uint)message) ?? string.Create(CultureInfo.InvariantCulture, $"0x{message:x}"));
    }
}

/// <summary>The thread of a window.</summary>
/// <param name="Thread">The thread.</param>
internal sealed record WindowThread(ThreadIdentity Thread)
{
    public int Position => Thread.Position;

    /// <summary>The messages that it handles for the window right now.</summary>
    public HashSet<string> Messages { get; } = [];
}
