using System.Collections.Immutable;

namespace KCallbacks.Reports.Command;

/// <summary>What the user asked of the command, wherever it runs. The default is the command without options.</summary>
public sealed record CommandOptions
{
    /// <summary><c>-a</c>: list every thread, not only those in a callback; in groups, every id.</summary>
    public bool All { get; init; }

    /// <summary><c>-t LIST</c>: only these threads; empty means no restriction.</summary>
    public ImmutableArray<ThreadRange> Threads { get; init; } = [];

    /// <summary><c>-v</c>: show the stacks.</summary>
    public bool Verbose { get; init; }

    /// <summary><c>-m PATTERN</c>: only threads with such a module or function; null means no restriction.</summary>
    public string? Pattern { get; init; }

    /// <summary><c>-d N</c>: only threads with at least this many nested callbacks; 0 means no restriction.</summary>
    public int MinDepth { get; init; }

    /// <summary><c>-r</c>: only threads at the callback's return.</summary>
    public bool AtReturnOnly { get; init; }

    /// <summary><c>-i</c>: exactly the threads that the same command without <c>-i</c> leaves out.</summary>
    public bool Invert { get; init; }

    /// <summary><c>-g</c>: one row for all threads with the same stack.</summary>
    public bool Group { get; init; }

    /// <summary><c>-json</c>: print JSON.</summary>
    public bool Json { get; init; }

    /// <summary><c>-jsonfile FILE</c>: write JSON into a file on the engine's machine.</summary>
    public string? JsonFile { get; init; }

    /// <summary><c>-record FILE</c>: write a lossless recording on the engine's machine.</summary>
    public string? RecordFile { get; init; }

    /// <summary><c>-walk</c>: have the engine walk every thread.</summary>
    public bool Walk { get; init; }

    /// <summary><c>-stats</c>: say where the time went.</summary>
    public bool Statistics { get; init; }

    /// <summary><c>-version</c>: print the version and do nothing else.</summary>
    public bool Version { get; init; }

    /// <summary><c>-?</c>: print the help and do nothing else.</summary>
    public bool Help { get; init; }

    /// <summary><c>-p all|PID|NAME|EPROCESS</c>: the process, in a kernel session; null means the current one.</summary>
    public string? Process { get; init; }

    /// <summary><c>-u</c>: load the user modules of processes with callbacks into the debugger, in a kernel session.</summary>
    public bool UserHalves { get; init; }

    /// <summary>Whether an option restricts the threads beyond the default.</summary>
    public bool HasFilter => !Threads.IsEmpty || Pattern is not null || MinDepth > 0 || AtReturnOnly || Invert;

    /// <summary>Whether frames are shown or looked through.</summary>
    public bool UsesFrames => Verbose || Group || Pattern is not null;

    /// <summary>Whether threads are listed that are in no callback.</summary>
    public bool ListsOthers => All || Invert || !Threads.IsEmpty;

    /// <summary>
    /// Reads the text behind the command. Names are not case-sensitive; arguments with blanks stand in double quotes.
    /// </summary>
    /// <exception cref="CommandSyntaxException">Names the option that is unknown or malformed and the nearest valid one.</exception>
    public static CommandOptions Parse(string arguments) => CommandLine.Parse(arguments);
}
