using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>Names as they go into findings.</summary>
internal static class PrintedName
{
    /// <summary>
    /// <c>module!function</c> as printed, without path, extension, arguments and decoration; the half that is known when one is missing,
    /// <c>module+0xrva</c> of code without a name.
    /// </summary>
    public static string Of(in StackFrame frame) => Join(frame, FunctionName.Of(frame.Function).Printable);

    /// <summary>The same for a system call, always spelled <c>Nt</c>, so that one call has one name.</summary>
    public static string OfSystemCall(in StackFrame frame)
    {
        ReadOnlySpan<char> word = FunctionName.Of(frame.Function).Word;
        return word.StartsWith("Zw") ? Join(frame, $"Nt{word[2..]}") : Join(frame, word);
    }

    private static string Join(in StackFrame frame, ReadOnlySpan<char> function)
    {
        ReadOnlySpan<char> module = ModuleName.Plain(frame.Module);
        if (module.IsEmpty)
            return function.ToString();
        if (function.IsEmpty)
            return frame.Displacement is { } offset ? string.Create(CultureInfo.InvariantCulture, $"{module}+0x{offset:x}") : module.ToString();
        return $"{module}!{function}";
    }
}
