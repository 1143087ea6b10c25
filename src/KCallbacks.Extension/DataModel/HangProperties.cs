using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of waits, of the graph that they make, and of findings.</summary>
internal static class HangProperties
{
    /// <summary>The properties of a wait, in the order they are shown.</summary>
    /// <param name="threads">Makes the object of a list of threads.</param>
    public static ImmutableArray<ModelProperty<JudgedWait>> OfWait(Func<IReadOnlyList<JudgedThread>, ModelObject> threads) =>
    [
        new("Kind", "What kind of object: critical-section, mutex, window, event and others.", wait => OneLine.KindOf(wait.Found)),
        new("Object", "The object as the command prints it.", wait => OneLine.Of(wait.Found)),
        new("Name", "Its name or symbol.", wait => wait.Found.Object.Symbol ?? wait.Found.Object.Name ?? ""),
        new("Address", "Address of the lock or value.", wait => wait.Found.Object.Address),
        new("Handle", "Handle of the kernel object or window.", wait => wait.Found.Object.Handle),
        new("Proof", "How sure object and owner are: certain, likely or unknown.", wait => DisplayText.Of(wait.Found.Proof)),
        new("NoOwner", "Why nobody is named who must let go.", wait => wait.Found.NoOwner ?? ""),
        new("State", "What else is known of the object.", wait => wait.Found.State ?? ""),
        new("Access", "Of an SRW lock, how it is wanted: exclusive or shared.", wait => wait.Found.Access is { } access ? OneLine.Of(access) : ""),
        new("Candidates", "Threads any one of which may be meant, where the evidence fits more than one.", wait => threads(wait.Candidates)),
        new("Evidence", "What shows it.", wait => string.Join("; ", wait.Found.Evidence)),
        new("Owners", "The threads that must let go, those of this process.", wait => threads(wait.Owners)),
    ];

    /// <summary>The properties of a finding, in the order they are shown.</summary>
    /// <param name="threads">Makes the object of a list of threads.</param>
    public static ImmutableArray<ModelProperty<JudgedFinding>> OfFinding(Func<IReadOnlyList<JudgedThread>, ModelObject> threads) =>
    [
        new("State", "deadlock, blocked or busy.", finding => DisplayText.Of(finding.Found.State)),
        new("Proof", "How sure it is: certain or likely.", finding => DisplayText.Of(finding.Found.Proof)),
        new("Text", "What hangs, for whom, and who must let go.", TextOf),
        new("Head", "System id of the thread that must let go; nothing for a circle.", finding => finding.Found.Head?.SystemId),
        new("Cycle", "The threads of a circle, in the order of waiting.", finding => threads(finding.Cycle)),
        new("Threads", "All its threads.", finding => threads(finding.Threads)),
    ];

    /// <summary>The properties of an edge, in the order they are shown.</summary>
    /// <param name="thread">Makes the object of a thread.</param>
    public static ImmutableArray<ModelProperty<JudgedEdge>> OfEdge(Func<JudgedThread, ModelObject> thread) =>
    [
        new("FromId", "System id of the thread that waits.", edge => edge.From?.Finding.Thread.SystemId),
        new("ToId", "System id of the thread that must let go.", edge => edge.Found.To.SystemId),
        new("Kind", "What kind of object stands between them.", edge => OneLine.KindOf(edge.Found.Wait)),
        new("Object", "The object as the command prints it.", edge => OneLine.Of(edge.Found.Wait)),
        new("Proof", "How sure it is: certain, likely or unknown.", edge => DisplayText.Of(edge.Found.Wait.Proof)),
        new("From", "The thread that waits.", edge => edge.From is { } from ? thread(from) : null),
        new("To", "The thread that must let go; nothing for one that is none of this process.", edge => edge.To is { } to ? thread(to) : null),
    ];

    /// <summary>A thread in a line: its callbacks, what it waits for, who must let go.</summary>
    public static string TextOf(JudgedThread thread)
    {
        string line = OneLine.Of(thread.Finding);
        if (thread.Part is not { } part)
            return line;
        string[] parts = [line, .. WaitLine(thread), .. part.HoldsUp > 0 ? [string.Create(CultureInfo.InvariantCulture, $"holds up {part.HoldsUp}")] : Array.Empty<string>()];
        return string.Join(", ", parts);
    }

    /// <summary>A thread by the id that queries have as index.</summary>
    public static string NameOf(JudgedThread thread) => IdText(ProcessFindings.KeyOf(thread.Finding));

    /// <summary>A wait in a line, for example <c>critical section app!g_doc -> 0x1a40</c>.</summary>
    public static string TextOf(JudgedWait wait) => $"{OneLine.Of(wait.Found)} {OwnersOf([wait.Found])}".TrimEnd();

    /// <summary>Who must let go of what a thread waits for, in the marks of the command: <c>-> 0x1a40</c>, <c>~> 0x1a40</c>, <c>-> ?</c>; empty where nobody has to.</summary>
    public static string OwnersOf(JudgedThread thread) =>
        thread.Part is { IsBlocked: true, Activity: ThreadActivity.Waits, Waits: { } waits } ? OwnersOf(waits.Waits) : "";

    private static string OwnersOf(ImmutableArray<Wait> waits)
    {
        Wait[] owned = [.. waits.Where(wait => !wait.Owners.IsEmpty)];
        if (owned.Length == 0)
            return waits.Any(wait => wait.NoOwner is not null) ? "-> ?" : "";
        string mark = owned.All(wait => wait.Proof == WaitProof.Certain) ? "->" : "~>";
        return $"{mark} {string.Join(' ', owned.SelectMany(wait => wait.Owners).Select(owner => IdText(owner.SystemId)).Distinct())}";
    }

    private static IEnumerable<string> WaitLine(JudgedThread thread)
    {
        if (thread.Part is { Activity: ThreadActivity.Waits, Waits: not null } part)
            yield return $"waits for {OneLine.WaitOf(part)} {OwnersOf(thread)}".TrimEnd();
    }

    private static string IdText(ulong id) => string.Create(CultureInfo.InvariantCulture, $"0x{id:x}");

    /// <summary>A finding in a line.</summary>
    public static string TextOf(JudgedFinding finding) => OneResult.Sentence(finding.Process.Report, finding.Process.Hang, finding.Found);

    /// <summary>An edge in a line, for example <c>0x1a30 -> 0x1a40, critical section app!g_doc, certain</c>.</summary>
    public static string TextOf(JudgedEdge edge) =>
        FormattableString.Invariant($"0x{edge.From?.Finding.Thread.SystemId ?? 0:x} {(edge.Found.Wait.Proof == WaitProof.Certain ? "->" : "~>")} 0x{edge.Found.To.SystemId:x}, {OneLine.Of(edge.Found.Wait)}");
}
