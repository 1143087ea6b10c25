using System.Windows.Forms;

namespace HangingDesktop.Forms;

/// <summary>A form that hangs in one of its methods.</summary>
internal abstract class HangingForm : Form
{
    /// <summary>Called one call before it hangs.</summary>
    public Action Arrive { protected get; set; } = static () => { };

    /// <summary>To activate a window, others are asked that hang.</summary>
    protected override bool ShowWithoutActivation => true;
}
