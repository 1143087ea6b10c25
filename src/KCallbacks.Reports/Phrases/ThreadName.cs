using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports.Phrases;

/// <summary>How threads are called: debugger's number, else what the source printed, else the position.</summary>
internal static class ThreadName
{
    /// <summary>The name of a thread.</summary>
    public static string Of(ThreadIdentity thread) =>
        thread.EngineId?.ToString(CultureInfo.InvariantCulture)
        ?? thread.Printed
        ?? thread.Position.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of the thread at a position of the source.</summary>
    public static string Of(int position, HangResult result) =>
        result.Of(position) is { } state ? Of(state.Finding.Thread) : position.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of a thread that must let go; of one that is none of the target's, its ids.</summary>
    public static string Of(WaitOwner owner, HangResult result) =>
        owner.Position is { } position ? Of(position, result)
        : owner.ProcessId is { } process ? string.Create(CultureInfo.InvariantCulture, $"{process:x}.{owner.SystemId:x}")
        : string.Create(CultureInfo.InvariantCulture, $"{owner.SystemId:x}");

    /// <summary>The operating system's id as the table writes it; empty when not known.</summary>
    public static string SystemIdOf(ThreadIdentity thread) => thread.SystemId?.ToString("x", CultureInfo.InvariantCulture) ?? "";
}
