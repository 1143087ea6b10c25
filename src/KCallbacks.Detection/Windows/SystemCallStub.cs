using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>The stubs of system calls: a few instructions each, laid out back to back.</summary>
public static class SystemCallStub
{
    /// <summary>
    /// Bytes from a stub's start to the next one at most: x64 stubs have 0xb or 0x18 bytes, x86 ones up to 0x18 (read from 32 x64 and
    /// 14 x86 images of ntdll). Further off, the name is another function's nearest export.
    /// </summary>
    internal const ulong Reach = 0x20;

    /// <summary>
    /// <c>module!function</c> of the code at the symbol's address; null when nothing names it. Of an export far before it the name
    /// means nothing: functions without an export lie between.
    /// </summary>
    public static string? FunctionAt(Symbol symbol) =>
        symbol.Function is { } function && (!symbol.IsExport || symbol.Displacement <= Reach) ? $"{symbol.Module}!{function}" : null;
}
