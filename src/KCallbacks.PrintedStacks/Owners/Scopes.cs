namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Which process the lines are about, as far as the text tells.</summary>
internal sealed class Scopes
{
    private readonly Dictionary<uint, Scope> _byProcess = [];
    private readonly Dictionary<uint, Scope> _byNumber = [];
    private int _session;
    private uint? _number;

    public Scopes() => Current = new Scope(session: 0, processId: null);

    /// <summary>The process of the line read last.</summary>
    public Scope Current { get; private set; }

    /// <summary>A line names the process that it is about.</summary>
    public void NoteProcess(uint id)
    {
        if (Current.ProcessId == id)
            return;
        if (_byProcess.TryGetValue(id, out Scope? known))
        {
            Current = known;
            return;
        }

        // What was read before any process was named belongs to the first.
        if (Current.ProcessId is not null)
            Current = new Scope(_session, id);
        Current.ProcessId = id;
        _byProcess[id] = Current;
    }

    /// <summary>A prompt shows the debugger's number of the process that is looked at.</summary>
    public void NotePrompt(uint number)
    {
        if (_number == number)
            return;
        if (_number is { } before)
            _byNumber[before] = Current;
        bool isFirst = _number is null;
        _number = number;
        if (!isFirst)
            Current = _byNumber.TryGetValue(number, out Scope? known) ? known : new Scope(_session, processId: null);
    }

    /// <summary>The same process as before, but it ran on: who owned what then says nothing of now.</summary>
    public void ResumeTarget() => Begin(Current.ProcessId);

    /// <summary>Another dump or another target follows.</summary>
    public void BeginTarget() => Begin(processId: null);

    private void Begin(uint? processId)
    {
        _byProcess.Clear();
        _byNumber.Clear();
        Current = new Scope(++_session, processId);
        if (processId is { } id)
            _byProcess[id] = Current;
    }
}
