namespace KCallbacks.Recordings.Text.Threads;

/// <summary>Recognises a line that introduces a thread, whatever printed it.</summary>
internal static class ThreadHeaders
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text) =>
        EngineThreadHeader.TryRead(text)
        ?? KernelThreadHeader.TryRead(text)
        ?? MexHeader.TryRead(text)
        ?? ProcessorRow.TryRead(text)
        ?? NamedThreadHeader.TryRead(text);
}
