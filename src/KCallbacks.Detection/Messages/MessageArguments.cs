namespace KCallbacks.Detection.Messages;

/// <summary>Where the input of <c>fnDWORD</c> and <c>fnNCDESTROY</c>, or of Wine's one routine for messages, holds the message: offsets into the input data.</summary>
/// <param name="Message">Message number, 4 bytes.</param>
/// <param name="WParam">First parameter, pointer-sized like all that follow.</param>
/// <param name="LParam">Second parameter.</param>
/// <param name="WindowProcedure">The procedure called (xParam).</param>
/// <param name="PointerSize">4 or 8.</param>
/// <param name="Length">Bytes of the whole structure.</param>
internal readonly record struct MessageArguments(uint Message, uint WParam, uint LParam, uint WindowProcedure, uint PointerSize, uint Length)
{
    /// <summary>x64: pwnd, u32 msg, wParam, lParam, xParam, xpfnProc.</summary>
    public static readonly MessageArguments X64 = new(0x08, 0x10, 0x18, 0x20, 8, 0x30);

    /// <summary>x86 Windows: the same fields, pointers of 4 bytes.</summary>
    public static readonly MessageArguments X86 = new(0x04, 0x08, 0x0c, 0x10, 4, 0x18);

    /// <summary>The 32-bit half of WoW64: pwnd keeps the 8 bytes it has in the 64-bit kernel.</summary>
    public static readonly MessageArguments Wow64 = new(0x08, 0x0c, 0x10, 0x14, 4, 0x1c);

    /// <summary>Wine 8.0's <c>win_proc_params</c>: procedure, window, u32 msg, wParam, lParam, then how characters are mapped.</summary>
    public static readonly MessageArguments Wine = new(0x10, 0x18, 0x20, 0x00, 8, 0x28);
}
