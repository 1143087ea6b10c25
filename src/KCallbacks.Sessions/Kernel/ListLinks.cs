namespace KCallbacks.Sessions;

/// <summary>A LIST_ENTRY of the kernel.</summary>
/// <param name="Forward">Address of the next entry; that of the list's head behind the last.</param>
/// <param name="Backward">Address of the entry before.</param>
internal readonly record struct ListLinks(ulong Forward, ulong Backward);
