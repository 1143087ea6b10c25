using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.Command;

/// <summary>The help of the command, made from the table of options.</summary>
internal static class HelpText
{
    private const int OptionWidth = 16;

    private const string Introduction =
        """
        !kcallbacks lists the threads inside a kernel-to-user callback, never a driver's notify routine:
        the kernel, mostly win32k in a system call of the thread, has called a user-mode routine
        (KeUserModeCallback, then ntdll!KiUserCallbackDispatcher) and waits for its ZwCallbackReturn.

        Usage: !kcallbacks [options]
        """;

    private const string Occasion =
        """
        Example: thread 0 paints, thread 3 loads a hook's DLL, thread 4 is about to return to the kernel.

        0:000> !kcallbacks
        """;

    private const string Columns =
        """
        Verdict     in-callback, at-return (at ZwCallbackReturn), none, unknown (never judged as none);
                    ~ medium confidence, ? low confidence, no mark high confidence
        Depth       callbacks nested on the thread, innermost in the row; + means at least
        Routine     user-mode routine the kernel called, and the message it delivers; the hook or WinEvent
        Entry       system call in which the kernel called back
        Waiting in  system call in which the thread stands, else its innermost user-mode function
        Module      module of the window procedure, hook or library that the routine runs
        Wait        kernel session: reason and time of the wait; the last column, Kernel function, has the
                    innermost function of the kernel that is not the scheduler's
        Below a row: the known shapes of hangs that its frames show (-v names the frames).

        A table of more than 40 threads is grouped by stack. Thread, routine and module are links.
        The same in queries: dx @$curprocess.KernelCallbacks, dx -g @$kernelcallbacks("-d 2").
        Read only: nothing is changed in the target, the current thread stays; works in secure mode (without
        -jsonfile and -record), offline, in dumps and live, over .server and .remote. Ctrl+Break stops
        it, what was found until then is printed and marked PARTIAL.
        """;

    /// <summary>Output as it really is; a test compares it with the table of such a process.</summary>
    private const string Example =
        """
        12 threads: 3 in a callback, 0 nested, 1 at ZwCallbackReturn, 0 unknown (2 ms)

        #  Tid Verdict      Depth Routine              Entry                Waiting in              Module
        0 1a00 in-callback      1 _fnDWORD WM_PAINT    NtUserMessageCall    NtWaitForSingleObject   paintapp
        3 1a03 in-callback~    1+ __ClientLoadLibrary                       WaitForMul...ObjectsEx  badhook
              entry point of a hook library, under the loader lock; waiting on a lock
        4 1a04 at-return        1 _fnNCDESTROY         NtUserDestroyWindow  NtCallbackReturn

        ~ medium confidence (-v says why). Symbols help: .reload /f ntdll.dll; .reload /f user32.dll
        Next: !kcallbacks -v (stacks), -g (groups), -a (all threads), -json (scripts), -? (help)
        """;

    /// <summary>All of the help.</summary>
    public static IEnumerable<Line> Lines =>
    [
        .. LinesOf(Introduction),
        Line.Empty,
        .. CommandOptions.All.SelectMany(OptionLines),
        Line.Empty,
        .. LinesOf(Occasion),
        .. LinesOf(Example),
        Line.Empty,
        .. LinesOf(Columns),
    ];

    private static IEnumerable<Line> OptionLines(CommandOption<CommandOptions> option)
    {
        string name = option.Argument is null ? option.Name : $"{option.Name} {option.Argument}";
        return Paragraph.Lines($"  {name.PadRight(OptionWidth)}  ", option.Help);
    }

    private static IEnumerable<Line> LinesOf(string text) => text.Split('\n').Select(line => Line.Of(line.TrimEnd('\r')));
}
