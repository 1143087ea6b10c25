namespace KCallbacks.Detection.Frames;

/// <summary>One callback that walked frames show.</summary>
/// <param name="Frame">Index of the frame that shows it: the dispatcher's, or the one that stands for it.</param>
/// <param name="Routine">Index of the routine's frame; -1 when no frame names it.</param>
/// <param name="Entry">Index of the frame of the system call it was entered through; -1 when no frame names it.</param>
/// <param name="Handler">Index of the frame of the application's code that the routine runs; -1 when none is printed.</param>
/// <param name="Proof">What the frame proves.</param>
internal readonly record struct WalkedCallback(int Frame, int Routine, int Entry, int Handler, FrameProof Proof);
