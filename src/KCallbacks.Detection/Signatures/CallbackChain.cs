using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Routines;

namespace KCallbacks.Detection.Signatures;

/// <summary>The nested callbacks of a thread by families, outermost first. Which routine carries a message depends on the message; the family does not.</summary>
internal static class CallbackChain
{
    /// <summary>Stands before an inner callback; unlike &lt; and +, JSON does not escape it.</summary>
    internal const char Link = '/';

    /// <summary>Any number of callbacks, also none.</summary>
    internal const string Any = "*";

    /// <summary>The same family as often as this or more often in a row: how deep a recursion is differs between captures of one hang.</summary>
    private const int Recursion = 4;

    private const string OfRecursion = "...";

    private const string OfWow64 = "whcb";

    private const string ClassExtraBytes = "class-extra-bytes";

    /// <summary>The chain; <c>-</c> for a thread in no callback.</summary>
    public static string Of(ThreadFinding finding)
    {
        var families = new List<string>(finding.Depth + 1);
        if (IsOpen(finding))
            families.Add(Any);
        for (int i = finding.Callbacks.Length; i < finding.Depth; i++)
            families.Add(HangSignature.Unknown);
        for (int i = finding.Callbacks.Length - 1; i >= 0; i--)
            families.Add(FamilyOf(finding.Callbacks[i]));
        return families.Count == 0 ? HangSignature.None : string.Join(Link, Folded(families));
    }

    /// <summary>Whether more callbacks may be nested than were seen, also where none was.</summary>
    public static bool IsOpen(ThreadFinding finding) =>
        finding.DepthIsMinimum || finding.Verdict == Verdict.Unknown || finding is { Verdict: Verdict.None, Confidence: Confidence.Low };

    private static List<string> Folded(List<string> families)
    {
        var folded = new List<string>(families.Count);
        for (int i = 0; i < families.Count;)
        {
            int end = i + 1;
            while (end < families.Count && families[end] == families[i])
                end++;
            if (end - i < Recursion)
                folded.AddRange(families[i..end]);
            else if (families[i] == HangSignature.Unknown)
                AddAny(folded);
            else
                folded.Add(families[i] + OfRecursion);
            i = end;
        }

        return folded;
    }

    private static void AddAny(List<string> folded)
    {
        if (folded is not [.., Any])
            folded.Add(Any);
    }

    private static string FamilyOf(Callback callback) => CallbackPurposes.Of(callback) switch
    {
        CallbackPurpose.Message => "wndproc",
        CallbackPurpose.Hook => "hook",
        CallbackPurpose.WinEvent => "winevent",
        CallbackPurpose.LibraryLoad => "load-library",
        CallbackPurpose.ThreadSetup => "thread-setup",
        CallbackPurpose.MonitorEnumeration => "monitor-enum",
        CallbackPurpose.InputMethod => "ime",
        CallbackPurpose.Dde => "dde",
        CallbackPurpose.PrintDriver => "print-driver",
        CallbackPurpose.ClassExtraBytes => ClassExtraBytes,
        _ => callback.Routine is { } routine ? FamilyOf(FunctionName.Of(routine.AsSpan(routine.LastIndexOf('!') + 1)).Word) : HangSignature.Unknown,
    };

    /// <summary>Wine's routines have names of their own; a routine of no family stands for itself.</summary>
    private static string FamilyOf(ReadOnlySpan<char> routine)
    {
        ReadOnlySpan<char> name = routine.StartsWith(OfWow64) ? routine[OfWow64.Length..] : routine;
        return name switch
        {
            "User32CallWindowProc" => "wndproc",
            "User32CallWindowsHook" => "hook",
            "User32CallWinEventHook" => "winevent",
            "User32CallEnumDisplayMonitor" => "monitor-enum",
            "User32PostDDEMessage" or "User32UnpackDDEMessage" => "dde",
            "User32ImmProcessKey" or "User32ImmTranslateMessage" => "ime",
            "User32LoadDriver" => "print-driver",
            "" => HangSignature.Unknown,
            _ when name.EndsWith("MPH") => "pump",
            _ when name.EndsWith("ClassExtraBytes") => ClassExtraBytes,
            _ => PlainWord.Of(name),
        };
    }
}
