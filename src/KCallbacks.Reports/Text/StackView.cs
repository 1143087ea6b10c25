using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>What <c>-v</c> shows of a thread: verdict, waits, callbacks with their evidence, and the stack with the callbacks marked.</summary>
internal sealed class StackView
{
    private const int LabelWidth = 12;
    private const int MostRejected = 4;

    private readonly ReportView _view;
    private readonly HangThread _thread;
    private readonly ThreadFinding _finding;

    private StackView(HangThread thread, ReportView view)
    {
        _view = view;
        _thread = thread;
        _finding = thread.Finding;
    }

    /// <summary>The lines below the thread's row.</summary>
    public static IEnumerable<Line> Lines(HangThread thread, ReportView view) => new StackView(thread, view).Lines();

    private IEnumerable<Line> Lines() =>
    [
        Line.Empty,
        .. Text("verdict", VerdictText()),
        .. Kernel(),
        .. Waits(),
        .. WaitedFor(),
        .. Managed(),
        .. _finding.InstructionPointer == 0 ? [] : Text("at", $"{(_finding.InstructionPlace is { } place ? $"{place}, " : "")}{Address(_finding.InstructionPointer)}{StandsIn()}"),
        .. Emulated(),
        .. _finding is { Callbacks.IsEmpty: true, ProgramFunction: { } function } ? Text("runs", function) : [],
        .. _finding.Disagreements.SelectMany(disagreement => Text("witnesses", disagreement, Emphasis.Warning)),
        .. _finding.Shapes.Where(IsOfItsWait).SelectMany(shape => Text("shape", ShapeText(shape))),
        .. _finding.Callbacks.SelectMany(CallbackLines),
        .. Rejected(),
        .. Stack(),
    ];

    /// <summary>The instruction's function, where it is not the first frame of a stack that is shown anyway.</summary>
    private string StandsIn() => _finding.BlockedIn is { } function ? $", in {SymbolName.WithOneSpelling(function)}" : "";

    private string VerdictText()
    {
        string verdict = DisplayText.Of(_finding.Verdict);
        return _finding.Verdict == Verdict.Unknown ? $"{verdict}: {_finding.Reason}" : $"{verdict}, {Certainty(_finding.Confidence)}: {_finding.Reason}";
    }

    private IEnumerable<Line> Kernel()
    {
        if (_finding.Thread.Process is not { } process)
            yield break;
        string count = _finding.Kernel?.CallbackDepth is { } depth ? $", the kernel counts {Counted.Of(depth, "callback")}" : "";
        string id = process.Id is { } number ? string.Create(CultureInfo.InvariantCulture, $" ({number:x})") : "";
        foreach (Line line in Text("process", $"{process.Name ?? "not known"}{id}, EPROCESS {Address(process.Address)}{(_finding.Thread.Address is { } thread ? $", ETHREAD {Address(thread)}" : "")}{count}"))
            yield return line;
        if (_finding.Kernel?.WaitReason is { } reason)
        {
            string time = _finding.Kernel.WaitTime is { } waited ? $" for {Counted.Time(waited)}" : "";
            foreach (Line line in Text("in kernel", $"{reason}{time}{(_finding.KernelFunction is { } function ? $", in {function}" : "")}"))
                yield return line;
        }
    }

    private IEnumerable<Line> Waits()
    {
        foreach (Wait wait in _thread.Waits?.Waits ?? [])
        {
            string address = wait.Object is { Address: { } known, Symbol: not null } ? $" ({Address(known)})" : "";
            string owners = wait.Owners.IsEmpty ? wait.NoOwner is { } why ? $"; {why}{Candidates(wait)}" : "" : $", held by thread {Names(wait.Owners)}";
            if (wait.Kind == WaitKind.WindowMessage && !wait.Owners.IsEmpty)
                owners = $", a window of thread {ThreadName.Of(wait.Owners[0], _view.Result)}{(wait.IsBeingHandled ? ", which handles that message" : "")}";
            string state = wait.State is { } text ? $"; {text}" : "";
            string evidence = wait.Evidence.IsEmpty ? "" : $"; {(wait.Owners.IsEmpty ? "shown by" : DisplayText.Of(wait.Proof))}: {string.Join("; ", wait.Evidence)}";
            foreach (Line line in Text("waits for", $"{WaitPhrases.Of(wait).Text}{address}{owners}{state}{evidence}"))
                yield return line;
        }
    }

    private string Candidates(Wait wait) => wait.Candidates.IsEmpty ? "" : $" ({(wait.Candidates.Length == 1 ? "thread" : "threads")} {Names(wait.Candidates)})";

    private string Names(ImmutableArray<WaitOwner> threads) => Counted.List([.. threads.Select(owner => ThreadName.Of(owner, _view.Result))]);

    /// <summary>That a thread waits for itself is no question where another one is named, or where the lock may be taken again.</summary>
    private bool IsOfItsWait(HangShape shape) => shape.Id != Explanations.Reentered || _thread.Waits?.Waits is not [var wait, ..]
        || (wait.Kind is not (WaitKind.CriticalSection or WaitKind.LoaderLock or WaitKind.Mutex) && wait.Owners.All(owner => owner.Position == _thread.Position));

    private static string ShapeText(HangShape shape)
    {
        string[] frames =
        [
            .. shape.Frames.IsEmpty ? Array.Empty<string>() : [$"frame {Numbers(shape.Frames)}"],
            .. shape.Wow64Frames.IsEmpty ? Array.Empty<string>() : [$"32-bit frame {Numbers(shape.Wow64Frames)}"],
        ];
        return frames.Length == 0 ? shape.Name : $"{shape.Name} ({string.Join(", ", frames)})";
    }

    private IEnumerable<Line> Managed()
    {
        if (_finding.Managed is not { } managed)
            return [];
        string kind = managed.IsUiThread == true ? "a UI thread of .NET, by its synchronization context" : "";
        if (managed.WaitingIn is not { } wait)
            return kind.Length == 0 ? [] : Text("managed", kind);
        string type = managed.Lock?.Type is { } name ? $" of type {name}" : "";
        string owner = managed.Lock?.Owner is { } id ? string.Create(CultureInfo.InvariantCulture, $", held by thread {id:x}") : "";
        string waitedFor = managed.Lock is { } waited ? $", for the lock of the object at {Address(waited.Address)}{type}{owner}" : "";
        string joined = managed.Joins is { } thread ? string.Create(CultureInfo.InvariantCulture, $", for the end of thread {thread:x}") : "";
        string invoked = managed.Invocation?.Thread is { } runner ? string.Create(CultureInfo.InvariantCulture, $", for thread {runner:x} to run what it handed over") : "";
        return Text("managed", $"in {wait}{waitedFor}{joined}{invoked}{(kind.Length == 0 ? "" : "; " + kind)}");
    }

    private IEnumerable<Line> WaitedFor()
    {
        if (_thread.HoldsUp == 0)
            return [];
        HangThread[] direct = [.. _view.Result.Threads.Where(WaitsForThis)];
        string[] parts = [.. direct.GroupBy(waiter => WaitPhrases.Of(WaitForThis(waiter)!).Text).Select(group => $"{NumberRanges.Of(group.Select(waiter => waiter.Finding.Thread))} ({group.Key})")];
        string others = _thread.HoldsUp > direct.Length ? $"; {Counted.Of(_thread.HoldsUp, "thread")} in all" : "";
        return Text("waited for", $"by {string.Join(", ", parts)}{others}");
    }

    private bool WaitsForThis(HangThread thread) => WaitForThis(thread) is not null;

    private Wait? WaitForThis(HangThread thread)
    {
        foreach (Wait wait in thread.Waits?.Waits ?? [])
        {
            foreach (WaitOwner owner in wait.Owners)
            {
                if (owner.Position == _thread.Position)
                    return wait;
            }
        }

        return null;
    }

    private IEnumerable<Line> CallbackLines(Callback callback, int index)
    {
        string api = callback.ApiNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $" (API {number})") : "";
        string entry = callback.Entry is { } symbol ? $", in {symbol}" : "";
        string native = callback.Frame is { } shown ? string.Create(CultureInfo.InvariantCulture, $", frame {shown:x2}") : "";
        string frame = callback.Wow64Frame is { } emulated ? string.Create(CultureInfo.InvariantCulture, $"{native}, 32-bit {emulated:x2}") : native;
        string at = callback.Address is { } address ? $", frame at {Address(address)}" : frame;
        string why = callback.ConfidenceReason is { } reason && !IsToldBefore(index) ? $": {reason}" : "";
        return
        [
            .. Text(string.Create(CultureInfo.InvariantCulture, $"callback {_finding.Depth - index}"), $"{WhatOf(callback)}{(callback.IsReturning ? ", about to return" : "")}"),
            .. Text("", $"{SymbolName.WithOneSpelling(callback.Routine) ?? "routine not known"}{api}{entry}{at}{(callback.Address is null ? "" : frame)}; {Certainty(callback.Confidence)} by {WitnessesOf(callback)}{why}"),
        ];
    }

    /// <summary>A few of what is left over on the stack: evidence against a callback that anyone may take for one.</summary>
    private IEnumerable<Line> Rejected()
    {
        foreach (Line line in _finding.Rejected.Take(MostRejected).SelectMany(frame => Text("rejected", $"left-over frame at {Address(frame.Address)}: {frame.Reason}")))
            yield return line;
        if (_finding.Rejected.Length > MostRejected)
            yield return Line.Of($"  {"".PadRight(LabelWidth)}and {Counted.Number(_finding.Rejected.Length - MostRejected)} more; JSON has them all");
    }

    /// <summary>The same reason is said once.</summary>
    private bool IsToldBefore(int index) =>
        _finding.Callbacks[index].ConfidenceReason == _finding.Reason || (index > 0 && _finding.Callbacks[index].ConfidenceReason == _finding.Callbacks[index - 1].ConfidenceReason);

    private static string WitnessesOf(Callback callback) => DisplayText.Of(callback.Evidence) switch
    {
        "both" => "frames and memory",
        var evidence => evidence,
    };

    private static string WhatOf(Callback callback)
    {
        List<string> parts = [];
        if (callback.Message is { } message)
            parts.Add($"{message.Name ?? "message"} (0x{message.Number:x4}){Argument("wParam", message.WParam)}{Argument("lParam", message.LParam)} to {ProcedureText(message.WindowProcedure, message.WindowProcedureName, message.WindowProcedurePlace)}");
        if (callback.Delivery is { } delivery)
            parts.Add($"{KindOf(delivery.Kind)} {delivery.Text}{string.Concat(delivery.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $" {value.Name} 0x{value.Value:x}")))} to {ProcedureText(delivery.Procedure, delivery.ProcedureName)}");
        if (parts.Count == 0)
            parts.Add(CallbackPhrases.Of(callback).Text);
        return string.Join("; ", parts) + HandlerText(callback, callback.Message?.WindowProcedureName ?? callback.Delivery?.ProcedureName);
    }

    private static string KindOf(DeliveryKind kind) => kind switch
    {
        DeliveryKind.WinEvent => "WinEvent",
        DeliveryKind.MonitorEnumeration => "monitor enumeration,",
        _ => "hook",
    };

    private static string HandlerText(Callback callback, string? said) => callback.Handler is { } handler && handler != said && (callback.Message ?? (object?)callback.Delivery) is not null ? $", runs {handler}" : "";

    private static string Argument(string name, ulong? value) => value is { } known ? $" {name} {Address(known)}" : "";

    private static string ProcedureText(ulong address, params string?[] names) =>
        string.Join(", ", names.Append(address == 0 ? null : Address(address)).OfType<string>().Distinct().DefaultIfEmpty("a procedure that is not known"));

    private IEnumerable<Line> Stack()
    {
        _view.Report.Stacks.TryGetValue(_finding.Thread.Position, out ThreadStack? stack);
        IEnumerable<Line> own = stack is { Frames.IsEmpty: false } ? Frames(stack, _finding) : Text("no frames", stack?.Problem ?? EarlyEnd(stack) ?? WhyNotWalked());
        return stack is { Wow64Half: { Frames.IsEmpty: false } half } ? own.Concat(Half(half)) : own;
    }

    /// <summary>The frames of the 32-bit half, which are numbered by themselves.</summary>
    private IEnumerable<Line> Half(ThreadStack half) =>
    [
        Line.Empty,
        Line.Of("   32-bit half"),
        .. Frames(half, _finding with { Managed = null, Callbacks = [.. _finding.Callbacks.Select(callback => callback with { Frame = callback.Wow64Frame })] }),
    ];

    private IEnumerable<Line> Emulated()
    {
        if (_finding.Wow64Half is not { } half)
            return [];
        string place = half.InstructionPlace is { } name ? $", {name}" : "";
        string at = half.InstructionPointer == 0 ? "" : $"{place}, {Address(half.InstructionPointer)}";
        return Text("32-bit", $"{DisplayText.Of(half.Verdict)}, {Counted.Of(half.Depth, "callback")}{at}");
    }

    private static string Numbers(ImmutableArray<int> frames) => string.Join(", ", frames.Select(frame => frame.ToString("x2", CultureInfo.InvariantCulture)));

    private IEnumerable<Line> Frames(ThreadStack stack, ThreadFinding finding)
    {
        ImmutableArray<MarkedFrame> frames = MarkedFrame.Of(stack, finding);
        bool hasPointers = frames.Any(frame => frame.Frame.StackPointer != 0);
        bool hasKernel = frames.Any(frame => frame.Side == FrameSide.Kernel);
        yield return Line.Empty;
        yield return Line.Of(hasPointers ? "   #  Child-SP          Call site" : "   #  Call site", Emphasis.Subdued);
        foreach (MarkedFrame frame in frames)
        {
            if (frame.Crossing is { } crossing)
                yield return Line.Of($"      ---------------- {crossing}", Emphasis.Subdued);
            string margin = frame.IsManaged ? "m" : hasKernel && frame.Side == FrameSide.Kernel ? "k" : " ";
            string pointer = !hasPointers ? "" : frame.Frame.StackPointer == 0 ? new string(' ', 18) : string.Create(CultureInfo.InvariantCulture, $"{frame.Frame.StackPointer:x16}  ");
            yield return Line.Of(
                new Run(string.Create(CultureInfo.InvariantCulture, $"{margin} {frame.Index,2:x2}  {pointer}")),
                new Run(Fold.Long(FrameSite.Of(frame.Frame), Printable.LongestName), frame.IsOfCallback ? Emphasis.Strong : Emphasis.Normal));
        }

        if (stack.Walk != WalkExtent.Truncated)
            yield break;
        string end = stack.WalkEnd is { } reason ? $"the walk ends here: {reason}" : "the walk ends here; outer frames are missing";
        foreach (Line line in _view.Prose(end, "      ---------------- ", Emphasis.Warning))
            yield return line;
    }

    /// <summary>Of a walk that did not reach the thread's start a dump's reader keeps no frames.</summary>
    private static string? EarlyEnd(ThreadStack? stack) =>
        stack?.WalkEnd is { } reason ? $"no walk leads to the thread's start: {reason}; a debugger that finds the images has the frames" : null;

    private string WhyNotWalked() => _view.Report.Source.Kind switch
    {
        SourceKind.Dump => "the dump holds no images to walk by; a debugger that finds them has the frames",
        SourceKind.Recording or SourceKind.Text => "none were recorded",
        _ => _view.Report.Complete ? "the thread was not walked" : "the scan was stopped before the walk",
    };

    private static string Certainty(Confidence confidence) => confidence switch
    {
        Confidence.High => "certain",
        Confidence.Medium => "likely",
        _ => "a guess",
    };

    private static string Address(ulong address) => DisplayText.OfAddress(address);

    private IEnumerable<Line> Text(string label, string text, Emphasis emphasis = Emphasis.Normal) => _view.Prose(text, $"  {label.PadRight(LabelWidth)}", emphasis);
}
