namespace DbgX.Interfaces.Structs;

/// <summary>Whether the target runs.</summary>
public enum RunningState
{
    Stopped,
    Running,
}
