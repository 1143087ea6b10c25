using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>The functions whose arguments tell a lock, a handle or a window.</summary>
internal static class TellingFrames
{
    public static bool Has(string? function)
    {
        FunctionName name = FunctionName.Of(function);
        return name.IsSystemService
            || LockFunctions.OfName(name) == LockFunction.CriticalSection
            || LockFunctions.IsWaitForObject(name)
            || WindowProcedureCall.Is(name);
    }
}
