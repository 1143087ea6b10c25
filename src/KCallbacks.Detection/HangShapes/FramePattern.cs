using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Functions by name: <c>ntdll!RtlEnterCriticalSection</c>, <c>rpcrt4!NdrClientCall*</c>, <c>msctf!*</c>, <c>!DoDragDrop</c> in any module.</summary>
internal readonly record struct FramePattern
{
    /// <summary>Further off, an export's name stands for another function.</summary>
    private const ulong LongestFunction = 0x1000;

    private readonly string _module;
    private readonly string _function;
    private readonly bool _isPrefix;

    /// <param name="pattern"><c>module!function</c>; a trailing <c>*</c> stands for any rest.</param>
    public FramePattern(string pattern)
    {
        int bang = pattern.IndexOf('!', StringComparison.Ordinal);
        _module = pattern[..bang];
        _isPrefix = pattern.EndsWith('*');
        _function = pattern[(bang + 1)..].TrimEnd('*');
    }

    /// <summary>Whether a frame at this displacement is in the function that it is named by.</summary>
    public static bool CanMatch(ulong? displacement) => displacement is null or <= LongestFunction;

    /// <summary>Whether a function is one of the functions, or of the class, that the pattern names.</summary>
    /// <param name="module">Its module without path and extension.</param>
    /// <param name="function">Its name.</param>
    public bool Matches(ReadOnlySpan<char> module, FunctionName function) =>
        (_isPrefix ? function.Word.StartsWith(_function, StringComparison.OrdinalIgnoreCase) : function.Word.Equals(_function, StringComparison.OrdinalIgnoreCase))
        && (_module.Length == 0 || module.Equals(_module, StringComparison.OrdinalIgnoreCase));
}
