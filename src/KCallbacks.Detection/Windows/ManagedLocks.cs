namespace KCallbacks.Detection.Windows;

/// <summary>The functions in which threads of .NET enter the lock of an object.</summary>
internal static class ManagedLocks
{
    private const string Monitor = "System.Threading.Monitor.";

    /// <summary>Helpers of the runtime (clr, coreclr) for <c>Monitor.Enter</c> and the lock behind it.</summary>
    private static readonly string[] Helpers = ["AwareLock::Enter", "JIT_MonEnter", "JIT_MonReliableEnter", "JITutil_MonContention", "JITutil_MonReliableContention", "JITutil_MonEnter"];

    /// <summary>Modules of the runtime, and of Windows where it waits.</summary>
    private static readonly string[] Modules = ["clr", "coreclr", "mscorwks", "mscorsvr", "mscorlib", "mscorlib_ni", "System.Private.CoreLib", "combase", "ole32"];

    /// <summary>Whether code between a wait and the lock may lie in a module.</summary>
    /// <param name="module">Its plain name.</param>
    public static bool IsOfRuntime(ReadOnlySpan<char> module)
    {
        foreach (string known in Modules)
        {
            if (module.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether a function, in whatever module, enters such a lock.</summary>
    public static bool IsEntering(string? function) => function is not null && (IsMonitor(function) || Array.Exists(Helpers, helper => StartsWith(function, helper)));

    private static bool IsMonitor(string function) =>
        function.StartsWith(Monitor, StringComparison.Ordinal) && function.AsSpan(Monitor.Length) is var method
        && (method.StartsWith("Enter", StringComparison.Ordinal) || method.StartsWith("ReliableEnter", StringComparison.Ordinal)
            || method.StartsWith("TryEnter", StringComparison.Ordinal) || method.StartsWith("ReliableEnterTimeout", StringComparison.Ordinal));

    private static bool StartsWith(string function, string helper) => function.AsSpan().TrimStart('_').StartsWith(helper, StringComparison.Ordinal);
}
