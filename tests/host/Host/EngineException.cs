using System.Runtime.CompilerServices;

namespace KCallbacks.EngineHost;

/// <summary>A call failed; the reply names it.</summary>
internal sealed class EngineException : Exception
{
    private EngineException(string call, int result)
        : base($"{call} failed with 0x{result:x8}") => HResult = result;

    public static void ThrowIfFailed(int result, [CallerMemberName] string call = "")
    {
        if (result < 0)
            throw new EngineException(call, result);
    }
}
