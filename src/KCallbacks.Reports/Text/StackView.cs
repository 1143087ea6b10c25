using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Text;

/// <summary>What <c>-v</c> shows of a thread: the reason, its callbacks, and the stack with the callbacks' frames marked.</summary>
internal static class StackView
{
    private static readonly ImmutableArray<Column<MarkedFrame>> Columns =
    [
        new("", row => new Run(row.IsOfCallback ? "*" : " ", Emphasis.Strong), Priority: 4),
        new("#", row => new Run(row.Index?.ToString("x2", CultureInfo.InvariantCulture) ?? ""), Priority: 3),
        new("Child-SP", row => new Run(row.Frame.StackPointer == 0 ? "" : Address(row.Frame.StackPointer)), Priority: 1),
        new("Call site", row => new Run($"{(row.IsManaged ? "[managed] " : "")}{FrameSite.Of(row.Frame)}", row.IsOfCallback ? Emphasis.Strong : Emphasis.Normal), Priority: 2, MinWidth: 20),
    ];

    /// <summary>The lines below the thread's row.</summary>
    public static IEnumerable<Line> Lines(ThreadFinding finding, Report report) =>
    [
        .. Text("why: ", finding.Verdict == Verdict.Unknown ? finding.Reason : $"{finding.Reason}; {DisplayText.Of(finding.Confidence)} confidence"),
        .. InstructionLines(finding),
        .. ManagedLines(finding),
        .. KernelLines(finding),
        .. finding.Disagreements.SelectMany(disagreement => Text("disagreement: ", disagreement, Emphasis.Warning)),
        .. HangShapeLines.Evidence(finding),
        .. finding.Callbacks.SelectMany((callback, i) => CallbackLines(callback, i + 1, finding)),
        .. StackLines(finding, report),
    ];

    private static IEnumerable<Line> InstructionLines(ThreadFinding finding) => finding.InstructionPointer == 0
        ? []
        : Text("at: ", $"{(finding.InstructionPlace is { } place ? $"{place}, " : "")}{Address(finding.InstructionPointer)}");

    private static IEnumerable<Line> ManagedLines(ThreadFinding finding)
    {
        if (finding.Managed is not { WaitingIn: { } wait } managed)
            return [];
        string type = managed.Lock?.Type is { } name ? $" of type {name}" : "";
        string owner = managed.Lock?.Owner is { } id ? string.Create(CultureInfo.InvariantCulture, $", held by thread {id:x}") : "";
        string waitedFor = managed.Lock is { } waited ? $" for the lock of the object at {Address(waited.Address)}{type}{owner}" : "";
        return Text("managed: ", $"waits in {wait}{waitedFor}");
    }

    private static IEnumerable<Line> KernelLines(ThreadFinding finding)
    {
        string count = finding.Kernel?.CallbackDepth is { } depth ? string.Create(CultureInfo.InvariantCulture, $", the kernel counts {depth} callback{(depth == 1 ? "" : "s")}") : "";
        IEnumerable<Line> process = finding.Thread.Process is { } owner ? Text("process: ", $"{owner.Name ?? "not known"}, EPROCESS {Address(owner.Address)}{count}") : [];
        IEnumerable<Line> wait = KernelColumns.WaitText(finding.Kernel) is { Length: > 0 } reason
            ? Text("waits: ", $"{reason}{(finding.KernelFunction is { } function ? $", in {function}" : "")}")
            : [];
        IEnumerable<Line> userFunction = finding is { Thread.Process: not null, BlockedIn: { } blockedIn } ? Text("user function: ", blockedIn) : [];
        return process.Concat(wait).Concat(userFunction);
    }

    private static IEnumerable<Line> CallbackLines(Callback callback, int number, ThreadFinding finding)
    {
        string api = callback.ApiNumber is { } index ? string.Create(CultureInfo.InvariantCulture, $" (API {index})") : "";
        string entry = callback.Entry is { } symbol ? $", entered by {symbol}" : "";
        string handler = callback.Handler is { } code ? $", runs {code}" : "";
        string why = callback.ConfidenceReason is { } reason ? $": {reason}" : "";
        string at = callback.Address is { } address ? $" at {Address(address)}" : "";
        string frame = callback.Frame is { } shown ? string.Create(CultureInfo.InvariantCulture, $", frame {shown:x2}") : "";
        return
        [
            .. Text($"callback {number} of {DisplayText.OfDepth(finding)}: ", $"{callback.Routine ?? "routine not known"}{api}{entry}{handler}"),
            .. callback.Message is { } message ? MessageLines(message) : [],
            .. callback.Delivery is { } delivery ? DeliveryLines(delivery) : [],
            .. Text("  ", $"{DisplayText.Of(callback.Confidence)} confidence, evidence {DisplayText.Of(callback.Evidence)}{at}{frame}{why}"),
        ];
    }

    private static IEnumerable<Line> MessageLines(WindowMessage message) => Text(
        "  ",
        $"{message.Name ?? "message"} 0x{message.Number:x4}{Argument("wParam", message.WParam)}{Argument("lParam", message.LParam)} to {ProcedureText(message.WindowProcedure, message.WindowProcedureName, message.WindowProcedurePlace)}");

    private static IEnumerable<Line> DeliveryLines(Delivery delivery) => Text(
        "  ",
        $"{DisplayText.Of(delivery.Kind)}: {delivery.Text}{string.Concat(delivery.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $" {value.Name} 0x{value.Value:x}")))} to {ProcedureText(delivery.Procedure, delivery.ProcedureName)}");

    private static string Argument(string name, ulong? value) => value is { } known ? $" {name} {Address(known)}" : "";

    private static string ProcedureText(ulong address, params string?[] names) =>
        string.Join(", ", names.Append(address == 0 ? null : Address(address)).OfType<string>().Distinct().DefaultIfEmpty("a procedure that is not known"));

    private static IEnumerable<Line> StackLines(ThreadFinding finding, Report report)
    {
        if (!report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack) || stack.Frames.IsEmpty)
            return Text("no frames: ", stack?.Problem ?? EarlyEnd(stack) ?? WhyNotWalked(report));
        return FrameLines(stack, finding);
    }

    private static IEnumerable<Line> FrameLines(ThreadStack stack, ThreadFinding finding)
    {
        ImmutableArray<MarkedFrame> frames = MarkedFrame.Of(stack, finding);
        Table<MarkedFrame> table = Table<MarkedFrame>.Fit(frames, Columns, Page.Width - Page.Indent.Length);
        yield return Indented(table.Header);
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].Transition is { } transition)
                yield return Line.Of($"{Page.Indent}   ---- {transition}", Emphasis.Subdued);
            yield return Indented(table.Row(i));
        }

        if (stack.Walk == WalkExtent.Truncated)
        {
            foreach (Line line in Paragraph.Lines($"{Page.Indent}   ---- ", EndOf(stack), Emphasis.Warning))
                yield return line;
        }
    }

    private static string EndOf(ThreadStack stack) =>
        stack.WalkEnd is { } reason ? $"the walk ends here, outer frames are missing: {reason}" : "the walk ends here, outer frames are missing";

    /// <summary>Of a walk that did not reach the thread's start a dump's reader keeps no frames.</summary>
    private static string? EarlyEnd(ThreadStack? stack) =>
        stack?.WalkEnd is { } reason ? $"no walk leads to the thread's start: {reason}; a debugger that finds the images has the frames" : null;

    private static string WhyNotWalked(Report report) => report.Source.Kind switch
    {
        SourceKind.Dump => "the dump holds no images to walk by; a debugger that finds them has the frames",
        SourceKind.Recording or SourceKind.Text => "none were recorded",
        _ => report.Complete ? "the thread was not walked" : "the scan was stopped before the walk",
    };

    private static string Address(ulong address) => DisplayText.OfAddress(address);

    private static IEnumerable<Line> Text(string title, string text, Emphasis emphasis = Emphasis.Normal) => Paragraph.Lines(Page.Indent + title, text, emphasis);

    private static Line Indented(Line line) => new(line.Runs.Insert(0, new Run(Page.Indent)));
}
