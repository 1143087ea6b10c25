namespace KCallbacks.Detection.Windows;

/// <summary>
/// The system service with which a callback ends, <c>ntdll!NtCallbackReturn</c>. Its number by Windows build is that of the tables of
/// github.com/j00ru/windows-syscalls; on x64 also read from 32 builds of ntdll, 6.1.7600 to 10.0.26100.
/// </summary>
internal static class CallbackReturn
{
    /// <summary>The service's name without <c>Nt</c> or <c>Zw</c>.</summary>
    public const string Service = "CallbackReturn";

    /// <summary>The function of user32 with which XP's callbacks end, through an interrupt of their own (<c>int 2Bh</c>).</summary>
    public const string FunctionOfXp = "XyCallbackReturn";

    /// <summary>The service's number on Windows 10 and 11.</summary>
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
