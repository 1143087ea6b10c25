namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The thread that a command is for: <c>~3</c> by the debugger's number, <c>~~[1a4c]</c> by the system's; neither where the command does not tell.</summary>
internal readonly record struct ThreadChoice(uint? EngineId, uint? SystemId);
