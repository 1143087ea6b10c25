using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>How well a name fits the return into <see cref="Dispatcher">the callback dispatcher</see> after its call of the routine.</summary>
internal enum DispatcherFit : byte
{
    /// <summary>Not the dispatcher.</summary>
    No,

    /// <summary>The dispatcher's name with a displacement that is no known return.</summary>
    OtherDisplacement,

    /// <summary>The dispatcher's name without a displacement.</summary>
    NameOnly,

    /// <summary>The dispatcher's name with the displacement of a known return.</summary>
    ReturnDisplacement,

    /// <summary>The label that only symbol files have, at the return itself.</summary>
    ReturnLabel,
}

/// <summary>The function of ntdll to which the kernel goes for a callback, and which calls the routine.</summary>
/// <remarks>
/// Displacements are those of the address to which its call of the routine returns, read from 32 x64 images of ntdll (6.1.7600 to
/// 10.0.26100), 14 x86 ones (5.1.2600 to 10.0.19041) and from printed stacks of the builds between.
/// </remarks>
public static class Dispatcher
{
    /// <summary>Its name in the export table.</summary>
    public const string Function = "KiUserCallbackDispatcher";

    /// <summary>The code through which x64's dispatcher has called since Windows 10, which checks the target and jumps there; not exported.</summary>
    internal const string Forwarder = "KiUserCallForwarder";

    /// <summary>The function that 64-bit code of WoW64 calls to begin a callback in 32-bit code (<c>wow64.dll</c>).</summary>
    internal const string OfWow64 = "Wow64KiUserCallbackDispatcher";

    /// <summary>The handler of the exception record that x86's dispatcher puts on the stack since Vista.</summary>
    internal const string ExceptionHandler = "KiUserCallbackExceptionHandler";

    /// <summary>The return's label on ARM64, an export there.</summary>
    internal const string Arm64ReturnLabel = "KiUserCallbackDispatcherReturn";

    /// <summary>x86: 2000, XP and 2003 RTM.</summary>
    internal const ulong ReturnOfXp = 0x13;

    /// <summary>x86: 2003 SP1 to 8.</summary>
    internal const ulong ReturnOfVista = 0x2e;

    /// <summary>x86: 8.1 to Windows 10 1607 (14393).</summary>
    internal const ulong ReturnOfWindows81 = 0x36;

    /// <summary>x86: Windows 10 1703 (15063) and later.</summary>
    internal const ulong ReturnOfWindows10 = 0x4d;

    /// <summary>x64: 7 to 8.1.</summary>
    internal const ulong ReturnOfX64Windows7 = 0x1f;

    /// <summary>x64: Windows 10 (10240) and later.</summary>
    internal const ulong ReturnOfX64Windows10 = 0x24;

    /// <summary>x64: bytes from the routine's return to that of <c>NtCallbackReturn</c>, which follows when the routine returns.</summary>
    internal const ulong X64CallbackReturnDistance = 0xc;

    /// <summary>x64: bytes from the routine's return to that of <c>RtlRaiseStatus</c>, which follows when even <c>NtCallbackReturn</c> returns.</summary>
    internal const ulong X64RaiseDistance = 0x15;

    /// <summary>Wine 8, x64: return of the routine.</summary>
    internal const ulong ReturnOfWine = 0xc3;

    /// <summary>Wine 8, x64: return of <c>NtCallbackReturn</c>.</summary>
    internal const ulong CallbackReturnOfWine = 0xcf;

    /// <summary>No x64 dispatcher is longer: 0x3b bytes at most.</summary>
    internal const ulong LongestOfX64 = 0x40;

    /// <summary>No x86 dispatcher is longer.</summary>
    internal const ulong LongestOfX86 = 0x80;

    /// <summary>No dispatcher is longer, 0xda bytes under Wine. Further off, the name is another function's nearest export.</summary>
    private const ulong Longest = 0x100;

    private const ulong LongestReturnPath = 0x40;

    /// <summary>The return's label in x64's symbol files. It stands in no other ntdll.</summary>
    private const string X64ReturnLabel = "KiUserCallbackDispatcherContinue";

    /// <summary>What all names begin with; some symbol files have it without the last letters.</summary>
    private const string ShortName = "KiUserCallbackDispatch";

    /// <summary>The dispatcher in a process whose loader hands its calls on: the export has this name there.</summary>
    private const string DelegatedName = "LdrDelegatedKiUserCallbackDispatcher";

    /// <summary>Reads a name in ntdll.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="displacement">Its displacement; null when not known.</param>
    internal static DispatcherFit Fit(FunctionName name, ulong? displacement)
    {
        if (!name.StartsWith(ShortName) && !name.Is(DelegatedName))
            return DispatcherFit.No;
        if (name.Is(X64ReturnLabel) || name.Is(Arm64ReturnLabel))
            return displacement is null or <= LongestReturnPath ? DispatcherFit.ReturnLabel : DispatcherFit.No;
        if (!name.Is(Function) && !name.Is(ShortName) && !name.Is(DelegatedName))
            return DispatcherFit.No;

        return displacement switch
        {
            null or 0 => DispatcherFit.NameOnly, // some tools print 0 for none; a breakpoint on the dispatcher has 0
            ReturnOfWine or CallbackReturnOfWine => DispatcherFit.ReturnDisplacement,
            { } known when ArchitectureOfReturn(known) != Architecture.Unknown => DispatcherFit.ReturnDisplacement,
            <= Longest => DispatcherFit.OtherDisplacement,
            _ => DispatcherFit.No,
        };
    }

    /// <summary>
    /// Whether asynchronous procedure calls or exceptions enter user mode with this function. Symbol files label the return within
    /// these dispatchers, too: <c>KiUserApcDispatch</c>, <c>KiUserExceptionDispatch</c>.
    /// </summary>
    internal static bool IsOfOther(FunctionName name) =>
        name.StartsWith("KiUserApcDispatch") || name.StartsWith("KiUserExceptionDispatch") || name.Is("KiRaiseUserExceptionDispatcher");

    /// <summary>The architecture on which the dispatcher has this label, or returns from the routine at this displacement.</summary>
    /// <param name="function">A function's name, as printed.</param>
    /// <param name="displacement">Its displacement; null when not known.</param>
    /// <param name="isCertain">Whether no other architecture has it.</param>
    /// <returns><see cref="Architecture.Unknown"/> where the frame does not tell, or is another function's.</returns>
    public static Architecture ArchitectureOf(string? function, ulong? displacement, out bool isCertain)
    {
        FunctionName name = FunctionName.Of(function);
        isCertain = name.Is(Arm64ReturnLabel);
        if (isCertain)
            return Architecture.Arm64;
        if (name.Is(X64ReturnLabel))
            return Architecture.X64;
        return name.Is(Function) && displacement is { } known ? ArchitectureOfReturn(known) : Architecture.Unknown;
    }

    /// <summary>Where the call of the routine returns to in a build of ntdll, from the dispatcher's start.</summary>
    /// <param name="architecture">x86 or x64.</param>
    /// <param name="build">The build; 2003 (3790) counts with its service packs.</param>
    internal static ulong ReturnIn(Architecture architecture, int build) => (architecture, build) switch
    {
        (Architecture.X86, < 3790) => ReturnOfXp,
        (Architecture.X86, < 9600) => ReturnOfVista,
        (Architecture.X86, < 15063) => ReturnOfWindows81,
        (Architecture.X86, _) => ReturnOfWindows10,
        (_, < 10240) => ReturnOfX64Windows7,
        _ => ReturnOfX64Windows10,
    };

    /// <summary>By the return's displacement. Tools that print the call instead are one byte lower; no two architectures meet there.</summary>
    private static Architecture ArchitectureOfReturn(ulong displacement) => displacement switch
    {
        ReturnOfXp or ReturnOfVista or ReturnOfWindows81 or ReturnOfWindows10 => Architecture.X86,
        ReturnOfXp - 1 or ReturnOfVista - 1 or ReturnOfWindows81 - 1 or ReturnOfWindows10 - 1 => Architecture.X86,
        ReturnOfX64Windows7 or ReturnOfX64Windows10 or ReturnOfX64Windows7 - 1 or ReturnOfX64Windows10 - 1 => Architecture.X64,
        _ => Architecture.Unknown,
    };
}
