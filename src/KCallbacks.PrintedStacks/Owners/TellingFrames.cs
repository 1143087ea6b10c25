using System.Buffers;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The functions whose arguments tell a lock, a handle or a window.</summary>
internal static class TellingFrames
{
    /// <summary>With which letters their names begin, underscores apart; most frames are passed over by this.</summary>
    private static readonly SearchValues<char> FirstLetters = SearchValues.Create("NnZzRrWwIi_");

    public static bool Has(string? function)
    {
        if (string.IsNullOrEmpty(function) || !FirstLetters.Contains(function[0]))
            return false;
        FunctionName name = FunctionName.Of(function);
        return name.IsSystemService
            || LockFunctions.OfName(name) == LockFunction.CriticalSection
            || LockFunctions.IsWaitForObject(name)
            || WindowProcedureCall.Is(name);
    }
}
