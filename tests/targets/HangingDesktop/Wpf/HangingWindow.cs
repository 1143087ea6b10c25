using System.Windows;

namespace HangingDesktop.Wpf;

/// <summary>A window that hangs in one of its methods.</summary>
internal abstract class HangingWindow : Window
{
    /// <summary>Called one call before it hangs.</summary>
    public Action Arrive { protected get; set; } = static () => { };

    /// <summary>Whether it hangs when it is measured the next time.</summary>
    public bool IsArmed { protected get; set; }
}
