using System.ComponentModel;
using DbgX.Interfaces.Structs;

namespace DbgX;

/// <summary>What the engine does.</summary>
public sealed class DebuggingState : INotifyPropertyChanged
{
    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>A dump never runs.</summary>
    public RunningState RunningState { get; } = RunningState.Stopped;

    public bool EngineBusy
    {
        get;
        internal set
        {
            field = value;
            PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(nameof(EngineBusy)));
        }
    }
}
