using KCallbacks.Detection.Hangs;
using KCallbacks.Reports;

namespace KCallbacks.Tool;

/// <summary>The states of a target that alert whoever started the tool.</summary>
/// <param name="States">The states.</param>
/// <param name="Callbacks">Whether any thread in a callback does.</param>
internal sealed record AlertStates(IReadOnlySet<HangState> States, bool Callbacks)
{
    private const string AnyCallback = "callback";

    /// <summary>What hangs, or may.</summary>
    public static AlertStates Usual { get; } = new(new HashSet<HangState> { HangState.Deadlock, HangState.Stuck, HangState.Blocked }, Callbacks: false);

    /// <summary>The words that can be named.</summary>
    public static string Words { get; } = string.Join(", ", ((HangState[])[HangState.Deadlock, HangState.Stuck, HangState.Blocked, HangState.Busy, HangState.Idle, HangState.Unclear]).Select(DisplayText.Of).Append(AnyCallback));

    /// <summary>Reads <c>deadlock,blocked</c>; null when a word is none.</summary>
    public static AlertStates? Parse(string list)
    {
        var states = new HashSet<HangState>();
        bool callbacks = false;
        foreach (string word in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (word.Equals(AnyCallback, StringComparison.OrdinalIgnoreCase))
                callbacks = true;
            else if (Enum.TryParse(word, ignoreCase: true, out HangState state) && Enum.IsDefined(state) && !char.IsAsciiDigit(word[0]))
                states.Add(state);
            else
                return null;
        }

        return new AlertStates(states, callbacks);
    }

    /// <summary>The exit code of a report.</summary>
    public ExitCode CodeOf(Report report, HangState state)
    {
        if (!report.Complete)
            return ExitCode.InputError;
        if (States.Contains(state) || (Callbacks && report.Summary.WithCallback > 0))
            return ExitCode.Alert;
        return state == HangState.Unclear ? ExitCode.Unclear : ExitCode.Fine;
    }
}
