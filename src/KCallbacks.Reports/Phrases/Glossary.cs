using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Phrases;

/// <summary>The words of the output, each with what it means: the same everywhere.</summary>
public static class Glossary
{
    private static readonly (string Word, string Meaning)[] Words =
    [
        ("callback", "the kernel, inside a system call of the thread, has called a user-mode routine: a window procedure, a hook, the load of a library. Not a driver's notify routine."),
        ("nested", "two or more callbacks on one thread. Depth: how many."),
        ("at ZwCallbackReturn", "the innermost user-mode function is ZwCallbackReturn (NtCallbackReturn, XyCallbackReturn): the callback is ending, the kernel has not taken over. Verdict at-return."),
        ("UI thread", "a thread with a message queue."),
        ("(messages)", "it pumps: it answers messages while it waits."),
        ("held up", "waits for that thread, directly or through others."),
        ("head", "a thread that holds up others and waits for no thread."),
        ("->, certain", "object and owner were read and agree."),
        ("~>, likely", "one link is inferred."),
        ("-> ?", "not known who must let go."),
        ("not recorded", "objects of this kind have no owner."),
        ("not in dump", "the capture lacks the memory or the handles."),
        ("gone", "the owner has ended."),
        ("in none", "the whole stack was seen, down to the thread's start, and holds no callback."),
        ("not judged", "neither \"in a callback\" nor \"in none\" can be said: verdict unknown, or none by a guess."),
        ("m, k", "in the margin of a stack: a managed frame of .NET, a frame of the kernel."),
        ("ambiguous", "more than one thread fits the evidence; -v names them."),
        ("left-over frame", "what a callback that is over left in stack memory; -v names it as rejected."),
        ("DEADLOCK", "threads wait for each other in a circle; with ~ where an edge is likely."),
        ("BLOCKED", "a UI thread, or a thread in a callback, waits for something other than messages. One capture cannot say for how long."),
        ("BUSY", "a UI thread runs code."),
        ("IDLE", "every UI thread was judged and waits for messages."),
        ("UNCLEAR", "nothing worse was seen, but threads could not be judged, or the run was cut short."),
    ];

    /// <summary>The lines.</summary>
    public static IEnumerable<Line> Lines => Words.SelectMany(entry => Paragraph.Lines($"{entry.Word.PadRight(20)}  ", entry.Meaning));
}
