namespace KCallbacks.Scanning;

/// <summary>Whoever watches a scan; asked between two threads, and within one that takes long.</summary>
public interface IScanMonitor
{
    /// <summary>Whether the user wants the scan to stop. Once true, it is not asked again.</summary>
    bool IsCancelled { get; }

    /// <summary>Tells how far the scan is.</summary>
    /// <param name="step">What is being done, for example <c>walked</c>.</param>
    /// <param name="done">Threads done in this step.</param>
    /// <param name="total">Threads to do in this step.</param>
    void Report(string step, int done, int total);
}
