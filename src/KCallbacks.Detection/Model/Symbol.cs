namespace KCallbacks.Detection.Model;

/// <summary>The name the target gives an address.</summary>
/// <param name="Module">Module name without path or extension.</param>
/// <param name="Function">Function name; null when only the module is known, or the function is none that its image exports.</param>
/// <param name="Displacement">Bytes from the function's (or module's) start to the address.</param>
/// <param name="IsExport">True when names come from an export table; an export that is not the address's own function is left out (<c>NearestExport</c>).</param>
public readonly record struct Symbol(string Module, string? Function, ulong Displacement, bool IsExport)
{
    /// <summary>Characters that readers keep of a name; real ones end at dbghelp's MAX_SYM_NAME, which is as much.</summary>
    public const int LongestName = 2_000;
}
