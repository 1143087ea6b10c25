using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Functions by name: <c>ntdll!RtlEnterCriticalSection</c>, <c>rpcrt4!NdrClientCall*</c>, <c>msctf!*</c>, <c>!DoDragDrop</c> in any module, <c>!*Mutex::lock*</c> in any scope.</summary>
internal readonly record struct FramePattern
{
    /// <summary>Further off, an export's name stands for another function.</summary>
    private const ulong LongestFunction = 0x1000;

    private readonly string _module;
    private readonly string _function;
    private readonly bool _isPrefix;
    private readonly bool _isAnywhere;

    /// <param name="pattern"><c>module!function</c>; a trailing <c>*</c> stands for any rest, a leading one for any scopes before.</param>
    public FramePattern(string pattern)
    {
        int bang = pattern.IndexOf('!', StringComparison.Ordinal);
        _module = pattern[..bang];
        _isPrefix = pattern.EndsWith('*');
        _isAnywhere = pattern.AsSpan(bang + 1).StartsWith('*');
        _function = pattern[(bang + 1)..].Trim('*');
    }

    /// <summary>Whether a frame at this displacement is in the function that it is named by.</summary>
    public static bool CanMatch(ulong? displacement) => displacement is null or <= LongestFunction;

    /// <summary>Whether a function is one of the functions, or of the class, that the pattern names.</summary>
    /// <param name="module">Its module without path and extension.</param>
    /// <param name="function">Its name.</param>
    /// <param name="printed">Its name as printed, with all scopes.</param>
    public bool Matches(ReadOnlySpan<char> module, FunctionName function, ReadOnlySpan<char> printed) =>
        (_isAnywhere ? printed.Contains(_function, StringComparison.OrdinalIgnoreCase)
            : _isPrefix ? function.Word.StartsWith(_function, StringComparison.OrdinalIgnoreCase)
            : function.Word.Equals(_function, StringComparison.OrdinalIgnoreCase))
        && (_module.Length == 0 || module.Equals(_module, StringComparison.OrdinalIgnoreCase));
}
