namespace KCallbacks.Detection.Names;

/// <summary>Names of the routines in <c>PEB.KernelCallbackTable</c>: <c>_fnDWORD</c>, <c>__ClientLoadLibrary</c>, <c>whcbfnHkINLPMSG</c>.</summary>
internal static class RoutineName
{
    /// <summary>Whether a routine can have this name.</summary>
    public static bool IsLike(FunctionName name) =>
        IsSpelled(name)
        || (name.Underscores > 0 && (name.StartsWith("fn") || name.StartsWith("Client"))); // in the wrong case

    private static bool IsSpelled(FunctionName name) =>
        HasPrefix(name, "fn")
        || (HasPrefix(name, "Client") && !name.Is("ClientToScreen"))
        || name.StartsWith("xxxClient")
        || name.StartsWith("xxxTooltip")
        || name.StartsWith("whcbfn")
        || name.StartsWith("whcbClient")
        || name.StartsWith("whcbxxx");

    /// <summary>
    /// Whether only a routine has this name. The underscore tells <c>__fnHkINLPMSG</c> from a helper like <c>fnHkINLPCWPSTRUCTW</c>.
    /// </summary>
    public static bool IsCertain(FunctionName name) => IsSpelled(name) && (name.Underscores > 0 || name.StartsWith("whcb"));

    private static bool HasPrefix(FunctionName name, string prefix) =>
        !name.IsScope && name.Word.Length > prefix.Length && name.Word.StartsWith(prefix) && char.IsAsciiLetterUpper(name.Word[prefix.Length]);
}
