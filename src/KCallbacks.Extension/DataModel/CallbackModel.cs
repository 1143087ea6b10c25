using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// What the extension adds to the debugger's data model: <c>KernelCallbacks</c> on processes, <c>KernelCallback</c> on threads,
/// and the function <c>@$kernelcallbacks</c>. Disposing it removes everything.
/// </summary>
internal sealed class CallbackModel : IDisposable
{
    /// <summary>Differs from the command's name, which the debugger would otherwise take over for the function.</summary>
    public const string FunctionName = "kernelcallbacks";

    private const string Unloaded = "kcallbacks was unloaded. Load it again and repeat the query.";

    private readonly DebuggerModel _debugger;
    private readonly SharedScans _scans;
    private readonly ModelClass<JudgedThread> _thread;
    private readonly ModelClass<ThreadView> _threads;

    private CallbackModel(DebuggerModel debugger)
    {
        _debugger = debugger;
        _scans = new SharedScans(debugger);
        ModelClass<IReadOnlyList<StackFrame>> frames = ListClass.Of<StackFrame>(debugger, "Frames", frame => debugger.Box(FrameSite.Of(frame)), FrameSite.Of);
        var callback = new ModelClass<JudgedCallback>(
            debugger, "KernelCallback", CallbackProperties.Of(frames.Of), callback => OneLine.Of(callback.Found));
        ModelClass<IReadOnlyList<JudgedCallback>> callbacks = ListClass.Of<JudgedCallback>(debugger, "Callbacks", callback.Of, callback => OneLine.Of(callback.Found));
        ModelClass<IReadOnlyList<JudgedThread>> threads = ListClass.Of<JudgedThread>(debugger, "Threads", thread => _thread!.Of(thread), HangProperties.NameOf);
        var wait = new ModelClass<JudgedWait>(debugger, "ThreadWait", HangProperties.OfWait(threads.Of), HangProperties.TextOf);
        ModelClass<IReadOnlyList<JudgedWait>> waits = ListClass.Of<JudgedWait>(debugger, "Waits", wait.Of, HangProperties.TextOf);
        var lists = new ThreadLists(callbacks.Of, waits.Of, threads.Of);
        _thread = new ModelClass<JudgedThread>(
            debugger, "CallbackThread", ThreadProperties.Of(debugger, lists), HangProperties.TextOf);
        var finding = new ModelClass<JudgedFinding>(debugger, "HangFinding", HangProperties.OfFinding(threads.Of), HangProperties.TextOf);
        var edge = new ModelClass<JudgedEdge>(debugger, "WaitEdge", HangProperties.OfEdge(_thread.Of), HangProperties.TextOf);
        var row = new ModelClass<JudgedRow>(debugger, "ThreadRow", RowProperties.All, row => row.Cells?.ToString() ?? "");
        _threads = new ModelClass<ThreadView>(
            debugger,
            "KernelCallbacks",
            ViewProperties.Of(
                _scans,
                ListClass.Of<JudgedFinding>(debugger, "Findings", finding.Of, HangProperties.TextOf).Of,
                ListClass.Of<JudgedEdge>(debugger, "WaitGraph", edge.Of, HangProperties.TextOf).Of,
                ListClass.Of<JudgedRow>(debugger, "Rows", row.Of, row => row.Cells?.ToString() ?? "").Of),
            _ => "Threads in callbacks of the kernel",
            view => new ThreadItems(view, _scans.Of(view), _thread.Of));
    }

    /// <summary>Adds everything.</summary>
    /// <param name="client">A client of the session.</param>
    /// <exception cref="EngineCallException">The debugger has no data model or refuses; nothing was added.</exception>
    public static CallbackModel Register(DebugClient client)
    {
        var debugger = DebuggerModel.Open(client, Unloaded);
        try
        {
            var model = new CallbackModel(debugger);
            debugger.Extend("Debugger.Models.Process", new("KernelCallbacks", "Threads in callbacks of the kernel, and what hangs; [id] is the thread with that system id.", model.OfProcess));
            debugger.Extend("Debugger.Models.Thread", new("KernelCallback", "The callbacks that this thread is in.", model.OfThread));

            // A package in the debugger's gallery declares the same names; then the debugger refuses them here.
            _ = debugger.TryDefineFunction(FunctionName, model.OfOptions);
            _ = debugger.TryDefineFunction(FactSheetFunction.Name, new FactSheetFunction(debugger, model._scans).Call);
            _ = debugger.TryDefineFunction(IntervalFunction.Name, new IntervalFunction(debugger).Call);
            return model;
        }
        catch
        {
            debugger.Dispose();
            throw;
        }
    }

    /// <summary>The target moved.</summary>
    public void Forget() => _scans.Forget();

    /// <inheritdoc/>
    public void Dispose() => _debugger.Dispose();

    private ModelObject OfProcess(ModelObject process) => _threads.Of(new ThreadView(IdOf(process)));

    private ModelObject OfThread(ModelObject thread)
    {
        if (IdOf(thread) is not { } id)
            return OfCurrentThread(thread);
        uint processId = _scans.ProcessOfThread(id);
        JudgedThread found = _scans.Of(new ThreadView(processId)).Find(id)
            ?? throw new ModelErrorException(HResult.Fail, $"Process 0x{processId:x} has no thread 0x{id:x}.");
        return _thread.Of(found);
    }

    /// <summary>A kernel session that does not tell ids shows one thread, as the command does.</summary>
    private ModelObject OfCurrentThread(ModelObject thread)
    {
        ulong address = NumberOf(thread, "KernelObject");
        JudgedThread found = _scans.Of(new ThreadView(ProcessId: null)).Find(address)
            ?? throw new ModelErrorException(HResult.Fail, $"Only the current thread can be judged here, and 0x{address:x16} is another.");
        return _thread.Of(found);
    }

    private ModelObject OfOptions(ImmutableArray<ModelObject> arguments) =>
        _threads.Of(new ThreadView(_scans.CurrentProcessId) { Options = ViewOptions.Parse(arguments, FunctionName) });

    /// <summary>The operating system's id; null in a kernel session that does not tell, for want of symbols or of the structure.</summary>
    private uint? IdOf(ModelObject instance)
    {
        try
        {
            return (uint)NumberOf(instance, "Id");
        }
        catch (EngineCallException)
        {
            // Asked here and not in a filter, which would hide why the session cannot be scanned.
            if (_scans.IsKernel)
                return null;
            throw;
        }
    }

    private static ulong NumberOf(ModelObject instance, string key)
    {
        using ModelObject value = instance.GetKeyValue(key);
        value.TryGetNumber(out ulong number).ThrowIfFailed($"GetIntrinsicValueAs({key})");
        return number;
    }
}
