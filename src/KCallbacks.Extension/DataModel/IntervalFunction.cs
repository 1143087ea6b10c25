using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Extension.Intervals;

namespace KCallbacks.Extension.DataModel;

/// <summary><c>@$callbackintervals(begins, returns)</c>: the callbacks of a recorded run.</summary>
/// <param name="debugger">The data model.</param>
internal sealed class IntervalFunction(DebuggerModel debugger)
{
    /// <summary>Its name in the debugger.</summary>
    public const string Name = "callbackintervals";

    private const string Usage =
        "Two lists of calls are expected, those that begin callbacks and those that end them: @$callbackintervals(@$cursession.TTD.Calls(\"user32!__fn*\", \"user32!__Client*\"), @$cursession.TTD.Calls(\"ntdll!NtCallbackReturn\"))";

    private readonly ModelClass<IReadOnlyList<CallbackInterval>> _intervals = ListClass.Of<CallbackInterval>(
        debugger, "CallbackIntervals", new ModelClass<CallbackInterval>(debugger, "CallbackInterval", IntervalProperties.All, IntervalProperties.TextOf).Of, IntervalProperties.TextOf);

    /// <summary>Answers a call.</summary>
    /// <exception cref="ModelErrorException">The arguments are no lists of calls.</exception>
    public ModelObject Call(ImmutableArray<ModelObject> arguments)
    {
        if (arguments.Length != 2)
            throw new ModelErrorException(HResult.InvalidArgument, Usage);
        using DebugEngine engine = debugger.GetEngine();
        var monitor = new InterruptMonitor(engine.Control);
        List<TraceCall> calls = [];
        new CallList(arguments[0], ofReturns: false).Read(calls, monitor);
        new CallList(arguments[1], ofReturns: true).Read(calls, monitor);
        if (calls.Exists(call => call.Steps is null != calls[0].Steps is null))
            throw new ModelErrorException(HResult.InvalidArgument, "Some calls have numbers as TimeStart and others a Sequence; these cannot be compared.");
        return _intervals.Of(IntervalPairing.Pair(calls));
    }
}
