
namespace KCallbacks.Detection.Windows;

/// <summary>What no callback of any Windows version exceeds.</summary>
internal static class CallbackLimits
{
    /// <summary>API numbers are below it; the longest known table has 0x8c entries.</summary>
    public const uint ApiNumbers = 0x200;

    /// <summary>Bytes of input data.</summary>
    public const uint InputLength = 0x10000;

    /// <summary>The kernel refuses messages with any higher bit.</summary>
    public const uint Message = 0x1_ffff;

    /// <summary>Windows 8 and later stop at <c>_KTHREAD.CallbackNestingLevel</c> 0x1f; earlier kernels run out of stack before.</summary>
    public const int Nesting = 0x20;
}
