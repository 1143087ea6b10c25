using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Options;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Extension.Command;

/// <summary>The help of the command: one screen, the words that it uses, a topic, or one option at length.</summary>
internal static class HelpText
{
    /// <summary>What asks for the glossary.</summary>
    private const string Words = "words";

    /// <summary>One screen. Its rows are printed as such a process is; a test compares them.</summary>
    private const string Screen =
        """
        !kcallbacks - what hangs this program, and who must let go
        It follows threads through the kernel's calls back into user mode (window procedures, hooks, library
        loads) and through what they wait for: locks, windows, handles, threads.

          !kcallbacks                 what hangs: deadlocks, blocked UI threads, threads in callbacks
          !kcallbacks -v -t 0,7       stacks and evidence of two threads
          !kcallbacks -w              who waits for whom, all chains
          !kcallbacks -a              every thread, also those in no callback

        Which threads                                  How it is shown
          -t 0,3-7,~~[1a2c]   by number or id            -g   equal threads in one row, all numbers
          -m NAME             by code, message or lock   -v   stacks, evidence
          -d N                at least N callbacks deep  -w   chains of waits
          -r                  about to return            -width N
          -not                the others                 -like N  all threads of N's row
        Files and scripts                              Kernel sessions
          -json  -jsonfile F                             -p all | PID | NAME | EPROCESS
          -record F  -compare F  (as before?)            -u   load user modules for names
          dx @$curprocess.KernelCallbacks              -walk  slower, surer   -stats   -version

           #  Tid Depth  In                               Waits for                        -> Thread
           0 1a00    2+  WM_APP+0x5 app!MainWndProc       critical section app!g_doc       ~> 4
        Depth: callbacks nested, + at least. In: what the kernel called, and whose code. -> who must let go,
        ~> likely, -> ? nobody on record. "!kcallbacks -? words" explains every word, "-? -t" one option,
        "-? columns", "-? waits", "-? dx" and "-? kernel" a subject.
        Nothing in the target or the session is changed. Ctrl+Break stops and prints what is found.
        """;

    /// <summary>The screen.</summary>
    public static IEnumerable<Line> Lines => Screen.Split('\n').Select(line => Line.Of(line.TrimEnd('\r')));

    /// <summary>The screen, the glossary, a topic or an option.</summary>
    /// <param name="topic">What was typed after <c>-?</c>; empty for the screen.</param>
    /// <exception cref="CommandSyntaxException">There is no such topic.</exception>
    public static IEnumerable<Line> Of(string topic)
    {
        if (topic.Length == 0)
            return Lines;
        if (topic.Equals(Words, StringComparison.OrdinalIgnoreCase))
            return Glossary.Lines;
        if (HelpPages.Find(topic) is { } page)
            return page.Select(line => Line.Of(line));
        return CommandOptions.All.FirstOrDefault(option => option.IsNamed(topic) || option.IsNamed("-" + topic)) is { } named
            ? OptionLines(named)
            : throw new CommandSyntaxException($"there is no option {topic}. All options: !kcallbacks -?; topics: {string.Join(", ", HelpPages.Topics)}, {Words}.");
    }

    private static IEnumerable<Line> OptionLines(CommandOption<CommandOptions> option)
    {
        string name = option.Argument is null ? option.Name : $"{option.Name} {option.Argument}";
        string others = string.Join(", ", option.Aliases.Prepend(option.LongName));
        foreach (Line line in Paragraph.Lines($"{name}  ", option.Help))
            yield return line;
        yield return Line.Of($"Also written {others}.");
        if (option.Example is { } example)
            yield return Line.Of($"For example: !kcallbacks {example}");
    }
}
