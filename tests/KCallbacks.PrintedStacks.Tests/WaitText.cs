using System.Globalization;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Tests;

/// <summary>Waits as tests write them.</summary>
internal static class WaitText
{
    /// <summary><c>0 waits for CriticalSection 4c1a90, owned by 1 (certain)</c>, or in place of the owner why none is named.</summary>
    public static string Of(ThreadWaits thread, Wait wait)
    {
        WaitedObject what = wait.Object;
        string identity = (what.Address ?? what.Handle)?.ToString("x", CultureInfo.InvariantCulture) ?? "";
        string name = what.Symbol ?? what.Name ?? "";
        string who = wait.Owners.IsEmpty
            ? $": {wait.NoOwner}"
            : $", owned by {string.Join(" and ", wait.Owners.Select(Of))} ({wait.Proof.ToString().ToLowerInvariant()})";
        return string.Join(' ', new[] { $"{thread.Thread.Position} waits for {wait.Kind}", identity, name }.Where(part => part.Length > 0)) + who;
    }

    private static string Of(WaitOwner owner) => owner.Position is { } position
        ? position.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"stranger {owner.SystemId:x}{(owner.ProcessId is { } process ? $" of {process:x}" : "")}");
}
