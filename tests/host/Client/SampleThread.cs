namespace KCallbacks.EngineHost.Client;

/// <summary>One thread of the sample target, as the target itself reports it.</summary>
/// <param name="Name">For example <c>nested-2</c>; also the thread's name in the debugger.</param>
/// <param name="SystemId">System thread id.</param>
/// <param name="Verdict">The verdict that is right, as the reports spell it.</param>
/// <param name="Depth">Callbacks the thread is inside of.</param>
public sealed record SampleThread(string Name, uint SystemId, string Verdict, int Depth)
{
    /// <summary>The managed method that its innermost callback runs; null for none.</summary>
    public string? Handler { get; init; }

    /// <summary>The wait of the .NET class library in which it stands; null for none.</summary>
    public string? WaitingIn { get; init; }

    /// <summary>System id of the thread that must let go, as the runtime knows it; null for none.</summary>
    public uint? Owner { get; init; }
}
