using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Signatures;

/// <summary>What the finer level adds; all of it needs symbols or the callback's input.</summary>
internal static class FinerParts
{
    private const string Registered = "registered";

    /// <summary>The message or what a hook or event procedure is called for, for example <c>wm_paint</c>. The number of a registered message is another one in each session.</summary>
    public static string MessageOf(ThreadFinding finding) => finding.Callbacks switch
    {
        [{ Message.Name: { } name }, ..] => PlainWord.Of(name.StartsWith(Registered, StringComparison.Ordinal) ? Registered : name),
        [{ Delivery: { } delivery }, ..] => PlainWord.Of(delivery.Text),
        [] => HangSignature.None,
        _ => HangSignature.Unknown,
    };

    /// <summary>The function of the handler.</summary>
    public static string HandlerOf(ThreadFinding finding) => FunctionOf(HandlerModule.PlaceOf(finding));

    /// <summary>The function in which the thread stands.</summary>
    public static string WaitOf(HangThread thread) => FunctionOf(thread.StandsIn);

    /// <summary>The function of <c>module!function</c>; a place without a name and the number of a system call say nothing in another build.</summary>
    private static string FunctionOf(string? place)
    {
        if (place is null || place.Contains("+0x", StringComparison.Ordinal) || place.Contains(' ') && !place.Contains('!'))
            return HangSignature.Unknown;
        ReadOnlySpan<char> function = place.AsSpan(place.IndexOf('!') + 1);
        // A system call has two names of one address, and exports alone tell the other one.
        FunctionName name = FunctionName.Of(function);
        return PlainWord.Of(name.IsSystemService ? string.Concat("Nt", name.Word[2..]) : function);
    }
}
