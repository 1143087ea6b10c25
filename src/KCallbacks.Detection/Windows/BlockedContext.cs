using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>What the registers of a thread that is blocked in a system call hold on x64.</summary>
internal static class BlockedContext
{
    /// <summary>
    /// Before this build the context of a blocked thread holds nothing of the call: in none of the threads of a dump of Windows 7. Since,
    /// number and first two arguments, in 315 of 315 threads of real dumps of 14393 to 26100; of 8 to 8.1 none was seen.
    /// </summary>
    public const int FirstBuildWithTwoArguments = 9200;

    /// <summary>From this build on also the third and fourth argument, in 182 of 182 threads.</summary>
    public const int FirstBuildWithFourArguments = 26100;

    /// <summary>
    /// The register in which <c>KERNELBASE!WaitForSingleObjectEx</c> keeps the handle during its system call, as its code has it; null on
    /// builds whose code was not read.
    /// </summary>
    public static ulong? HandleOfSingleWait(int build, X64Registers registers) => build switch
    {
        7600 or 7601 or 10240 or 14393 or 16299 => registers.Rdi,
        >= 17134 and <= 22000 => registers.R14,
        26100 or 26200 => registers.Rbx,
        _ => null,
    };
}
