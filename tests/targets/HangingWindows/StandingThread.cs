namespace HangingWindows;

/// <summary>A thread that goes to one place and stays there until the process ends.</summary>
internal abstract class StandingThread(string name, int expectedDepth)
{
    private readonly TaskCompletionSource<uint> _stands = new();

    public string Name { get; } = name;

    /// <summary>Callbacks that the thread is inside of when it stands.</summary>
    public int ExpectedDepth { get; } = expectedDepth;

    public string ExpectedVerdict => ExpectedDepth > 0 ? "in-callback" : "none";

    /// <summary>The thread; there once it was started.</summary>
    public Thread Thread { get; private set; } = null!;

    /// <summary>The kind of COM apartment it is of.</summary>
    protected virtual ApartmentState Apartment => ApartmentState.MTA;

    public void Start()
    {
        Thread = new Thread(Run) { IsBackground = true, Name = Name };
        if (OperatingSystem.IsWindows() && Apartment == ApartmentState.STA)
            Thread.SetApartmentState(ApartmentState.STA);
        Thread.Start();
    }

    /// <summary>Waits until the thread stands.</summary>
    /// <returns>Its system thread id.</returns>
    public uint WaitUntilItStands()
    {
        if (!_stands.Task.Wait(TimeSpan.FromSeconds(30)))
            throw new TimeoutException($"The thread {Name} did not get to its place.");
        return _stands.Task.Result;
    }

    /// <summary>Goes to the thread's place; ends with <see cref="Stand"/> or with a call that never returns.</summary>
    protected abstract void Run();

    /// <summary>Says that the thread is one call away from its place.</summary>
    protected void Arrive() => _stands.SetResult(Kernel32.GetCurrentThreadId());

    /// <summary>Hangs here.</summary>
    protected void Stand()
    {
        Arrive();
        System.Threading.Thread.Sleep(Timeout.Infinite);
    }
}
