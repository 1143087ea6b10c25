using System.Windows;

namespace HangingDesktop.Wpf;

/// <summary>Waits for a lock as it is measured.</summary>
internal sealed class MeasuringWindow(object held) : HangingWindow
{
    protected override Size MeasureOverride(Size availableSize)
    {
        if (!IsArmed)
            return base.MeasureOverride(availableSize);
        Arrive();
        lock (held)
            return base.MeasureOverride(availableSize);
    }
}
