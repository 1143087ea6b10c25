using System.Text;

namespace KCallbacks.Extension.Command;

/// <summary>
/// The pages of <c>!kcallbacks -? TOPIC</c>, each at most a screen. docs/help.md shows the same; tests hold both together and run the lines
/// that are commands. UTF-8, because it takes half the room in the DLL.
/// </summary>
internal static class HelpPages
{
    private static ReadOnlySpan<byte> Columns =>
        """
        Columns of !kcallbacks: a line is a thread, and looks the same in every view.

          #          the debugger's number: ~7s selects it; in kernel sessions the ETHREAD
          Tid        the system's thread id, hexadecimal; in kernel sessions Pid.Tid
          x          equal threads that are merged into the row: -g lists their numbers
          Depth      callbacks nested on the thread: 2+ at least 2, 2~ likely 2, 2? a guess, 0 in none
          In         the innermost callback: what it is for, and whose code it runs. At depth 0 the
                     program's function that its message loop called, else the one it began with
          Waits for  what must happen before it goes on. In brackets what no thread has to do:
                     (messages), (sleeps), (work), (runs app!Compute), (at ZwCallbackReturn)
          For        how long it has waited: kernel sessions
          -> Thread  who must let go: -> 4 certain, ~> 4 likely, -> ? nobody is known, and why.
                     "holds up 3": waits for no thread, and three threads wait for it
          Via        the system call in which the kernel called back: -width 120
          Routine, Waiting in    raw names: -width 160

        Rows stand finding by finding: a circle in the order of waiting, those behind it, then
        who must let go; other threads in callbacks follow. -a has every thread and its verdict,
        -v the evidence. Words: !kcallbacks -? words
        """u8;

    private static ReadOnlySpan<byte> Waits =>
        """
        Waits of !kcallbacks: who waits for whom. No owner is named that is not proven.

          critical section       certain: the lock names its owner, which is a thread of the target
          loader lock            certain with its critical section; likely by the thread that loads
          mutex, end of thread   certain: the handle's information names the thread
          window (SendMessage)   certain: the table of windows, the system, or the callback that
                                 handles the message; likely: the one thread that handles such
          SRW lock, condition variable, event, semaphore, WaitOnAddress
                                 not recorded by Windows. Likely the thread itself, where the same
                                 code stands above and below its own callback
          COM call               likely: the thread that serves it, where its state says so

        A circle of certain waits is a DEADLOCK; with ~ a wait in it is likely. Whoever waits for
        no thread and holds up others is the one to look at: the last row of a finding.

        What a dump must hold: owners of critical sections need memory, owners of mutexes and
        threads need handles. Both are in: .dump /ma FILE

          !kcallbacks -w                       all chains
          !kcallbacks -v                       what shows each wait
          dx -g @$kernelcallbacks().WaitGraph  the same as objects
        """u8;

    private static ReadOnlySpan<byte> Objects =>
        """
        !kcallbacks for dx, JavaScript and agents. Installed, it loads by itself (kcallbacks install).

          dx @$curprocess.KernelCallbacks             what hangs; threads in callbacks, by thread id
          dx @$curthread.KernelCallback               the current thread, in a callback or not
          dx -g @$kernelcallbacks("-d 2")             options that select threads: -a -t -m -d -r -not
          dx @$curprocess.KernelCallbacks.Findings    deadlocks, and who holds up whom
          dx -g @$curprocess.KernelCallbacks.WaitGraph
          dx @$curprocess.KernelCallbacks.Where(t => t.Verdict == "at-return")
          dx @$callbackfacts()                        plain data: numbers, words and JSON, bounded

        A thread has Id, Verdict, Depth, Message, Handler, Waiting, Owner, HoldsUp, WaitsFor, HeldUp,
        Callbacks and more; dx -v says what each means. Text that is not known is empty.

        A recorded run: @$callbackintervals(BEGINS, RETURNS) pairs two lists of calls per thread,
        the longest callback first, for example of
          @$cursession.TTD.Calls("user32!__fn*", "user32!__Client*")
          @$cursession.TTD.Calls("ntdll!NtCallbackReturn")

        In WinDbg: windows of the group "Hangs"; dx @$waitgraph() draws who waits for whom,
        dx @$callbackreport() prints a summary. Agents find the tools kernel_callbacks and
        kernel_callbacks_of_threads.
        """u8;

    private static ReadOnlySpan<byte> Kernel =>
        """
        !kcallbacks in kernel sessions: dumps and live kernels of 64-bit Windows.

          !kcallbacks                      threads of the current process
          !kcallbacks -p all               of every process, and waits between processes
          !kcallbacks -p browser.exe       of the processes of this name; a process id (hexadecimal,
                                           0n decimal) or an EPROCESS names one
          !kcallbacks -p all -u            loads user modules first, for names of their functions
          !kcallbacks -p all -v -t 9400.9408    one thread: its stack across the border, its waits

        Depth is the kernel's own count. Owners come from the kernel's objects: mutants, fast
        mutexes, resources, messages to servers.

        Needed: the symbols of nt (.symfix; .reload /f nt). Without them only the current thread
        is judged. For the user half the dump must hold user pages: an active or complete memory
        dump. A small memory dump holds one thread and no user memory.

          dx @$cursession.Processes[0x9400].KernelCallbacks
          dx @$curthread.KernelCallback
        """u8;

    /// <summary>What is asked for after <c>-?</c>, in the order in which it is told.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["columns", "waits", "dx", "kernel"];

    /// <summary>The lines of a page; null where there is none of this name.</summary>
    public static string[]? Find(string topic)
    {
        ReadOnlySpan<byte> page = topic.ToLowerInvariant() switch
        {
            "columns" => Columns,
            "waits" => Waits,
            "dx" => Objects,
            "kernel" => Kernel,
            _ => [],
        };
        return page.IsEmpty ? null : Encoding.UTF8.GetString(page).ReplaceLineEndings("\n").Split('\n');
    }
}
