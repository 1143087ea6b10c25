namespace KCallbacks.EngineHost.Client;

/// <summary>One thread of the sample target, as the target itself reports it.</summary>
/// <param name="Name">For example <c>nested-2</c>; also the thread's name in the debugger.</param>
/// <param name="SystemId">System thread id.</param>
/// <param name="Verdict">The verdict that is right, as the reports spell it.</param>
/// <param name="Depth">Callbacks the thread is inside of.</param>
public sealed record SampleThread(string Name, uint SystemId, string Verdict, int Depth);
