using System.Windows;

namespace HangingDesktop.Wpf;

/// <summary>Sleeps as it is measured.</summary>
internal sealed class SleepingWindow : HangingWindow
{
    protected override Size MeasureOverride(Size availableSize)
    {
        if (IsArmed)
        {
            Arrive();
            Thread.Sleep(Timeout.Infinite);
        }

        return base.MeasureOverride(availableSize);
    }
}
