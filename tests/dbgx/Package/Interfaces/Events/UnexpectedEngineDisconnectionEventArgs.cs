namespace DbgX.Interfaces.Events;

/// <summary>The engine's process is gone.</summary>
public sealed class UnexpectedEngineDisconnectionEventArgs : EventArgs;
