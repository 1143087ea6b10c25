namespace KCallbacks.Detection.Windows;

/// <summary>
/// The number of the system service <c>NtCallbackReturn</c> by Windows build (tables of github.com/j00ru/windows-syscalls; on x64 also
/// read from 24 builds of ntdll, 6.1.7600 to 10.0.26100).
/// </summary>
internal static class CallbackReturnService
{
    /// <summary>On Windows 10 and 11.</summary>
    public const int Windows10 = 5;

    /// <summary>On 64-bit Windows, also for 32-bit processes there.</summary>
    public static int Of64Bit(int windowsBuild) => windowsBuild switch
    {
        < 9200 => 2,
        < 9600 => 3,
        < 10240 => 4,
        _ => Windows10,
    };

    /// <summary>On 32-bit Windows XP to 7; null on others, the code of whose stubs is not known here.</summary>
    public static int? Of32Bit(int windowsBuild) => windowsBuild switch
    {
        < 2600 => null,
        < 3790 => 0x14,
        < 6000 => 0x16,
        < 7600 => 0x2b,
        < 9200 => 0x2c,
        _ => null,
    };
}
