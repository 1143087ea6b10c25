namespace KCallbacks.Detection.Windows;

/// <summary>How the thread is known that writes a dump of its own process: it reads the registers of the others when it reads its own.</summary>
internal static class DumpWriting
{
    /// <summary>The service in which it stands in the dump, as seen in a dump of a crash handler on 14393; other threads hardly ever call it.</summary>
    public const string Service = "GetContextThread";
}
