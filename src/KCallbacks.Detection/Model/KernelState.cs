namespace KCallbacks.Detection.Model;

/// <summary>What the kernel's own structures say of a thread; only kernel targets can give it.</summary>
/// <param name="CallbackDepth">
/// Callbacks in progress: <c>_KTHREAD.CallbackNestingLevel</c> (Windows 8 and later); null when the structure has no such count.
/// </param>
/// <param name="HasCallbackStack">
/// Whether <c>_KTHREAD.CallbackStack</c> (XP to 7) is set, which means at least one callback; null when there is no such field.
/// </param>
/// <param name="IsSystemThread">True when the thread has no user half at all (no TEB).</param>
/// <param name="IsWindowThread">
/// Whether the thread has state of the window manager (<c>_KTHREAD.Win32Thread</c>), without which nothing calls back into user
/// mode; null when not known.
/// </param>
/// <param name="WaitReason">The kernel's wait reason by name; null when the thread does not wait.</param>
/// <param name="WaitTime">How long it has waited; null when not known.</param>
/// <param name="IsWaiting">Whether it waits; false for one that runs or is ready to run. Null when not known.</param>
public sealed record KernelState(
    int? CallbackDepth = null,
    bool? HasCallbackStack = null,
    bool IsSystemThread = false,
    bool? IsWindowThread = null,
    string? WaitReason = null,
    TimeSpan? WaitTime = null,
    bool? IsWaiting = null);
