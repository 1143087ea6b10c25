
namespace KCallbacks.Detection.Tests.RandomStacks;

/// <summary>How one kind of debugger, symbols and Windows version prints the frames of a callback.</summary>
/// <param name="Name">What is printed so.</param>
/// <param name="Dispatcher">The dispatcher's frame.</param>
/// <param name="DispatcherDisplacement">Its displacement; null where none is printed.</param>
/// <param name="RoutinePrefix">What is printed before a routine's name; null where export symbols hide it.</param>
/// <param name="RoutineSuffix">What is printed after it.</param>
/// <param name="StubModule">Where the stubs of window calls are; null where they are not printed.</param>
/// <param name="StubPrefix">How the stubs' names begin.</param>
/// <param name="StubDisplacement">Their displacement; null where none is printed.</param>
/// <param name="HasKernelHalf">Whether the kernel's frames of each callback, and the dispatcher a second time, are printed.</param>
/// <param name="FastSystemCall">The frame above every stub; null where there is none.</param>
internal sealed record Spelling(
    string Name,
    string Dispatcher,
    ulong? DispatcherDisplacement,
    string? RoutinePrefix,
    string RoutineSuffix,
    string? StubModule,
    string StubPrefix,
    ulong? StubDisplacement,
    bool HasKernelHalf = false,
    string? FastSystemCall = null)
{
    /// <summary>Every kind that the facts know.</summary>
    public static IReadOnlyList<Spelling> All { get; } =
    [
        new("x64 Windows 10, symbols", "ntdll!KiUserCallbackDispatcherContinue", null, "USER32!_", "", "win32u", "Nt", 0x14),
        new("x64 Windows 10, Zw names", "ntdll!KiUserCallbackDispatcherContinue", 0, "user32!_", "", "win32u", "Zw", 0x14),
        new("x64 Windows 10, exports", "ntdll.dll!KiUserCallbackDispatcher", 0x24, null, "", "win32u.dll", "Nt", 0x14),
        new("x64 Windows 7, symbols", "ntdll!KiUserCallbackDispatcherContinue", null, "USER32!_", "", "USER32", "Zw", 0xa),
        new("x64 Windows 7, exports", "ntdll!KiUserCallbackDispatcher", 0x1f, null, "", null, "", null),
        new("x64 Visual Studio", "ntdll.dll!KiUserCallbackDispatcherContinue()", null, "user32.dll!__", "()", "win32u.dll", "Nt", null),
        new("x86 XP, symbols", "ntdll!KiUserCallbackDispatcher", 0x13, "USER32!__", "", "USER32", "Nt", 0xc),
        new("x86 Windows 7, symbols", "ntdll!KiUserCallbackDispatcher", 0x2e, "USER32!__", "", "USER32", "Nt", 0x15),
        new("x86 Windows 7, leak tool", "ntdll.dll!KiUserCallbackDispatcher", 0x2d, null, "", null, "", null),
        new("x86 Windows 8.1, exports", "ntdll!KiUserCallbackDispatcher", 0x36, null, "", null, "", null),
        new("x86 Windows 10, symbols", "ntdll_77890000!KiUserCallbackDispatcher", 0x4d, "user32!__", "", "win32u", "Nt", 0xc),
        new("x86 Visual Studio", "ntdll.dll!_KiUserCallbackDispatcher@12()", null, "user32.dll!___", "@4()", "win32u.dll", "_Nt", null),
        new("x86 kernel debugger", "ntdll!KiUserCallbackDispatcher", 0x2e, "USER32!__", "", "USER32", "Nt", 0xc, HasKernelHalf: true, "ntdll!KiFastSystemCallRet"),
        new("x86 kernel debugger, XP", "ntdll!KiUserCallbackDispatcher", 0x13, "USER32!__", "", "USER32", "Nt", 0xc, HasKernelHalf: true, "SharedUserData!SystemCallStub"),
        new("ARM64, symbols", "ntdll!KiUserCallbackDispatcherReturn", null, "user32!_", "", "win32u", "Nt", 0x4),
        new("ARM64EC", "ntdll!#KiUserCallbackDispatcherReturn", null, "user32!#_", "", "win32u", "#Nt", 0x4),
        new("WoW64, 64-bit half", "ntdll!KiUserCallbackDispatcherContinue", null, "wow64win!whcb", "", "wow64win", "Zw", 0xa),
        new("Wine 8", "ntdll!KiUserCallbackDispatcher", 0xc3, null, "", null, "", null),
    ];

    /// <summary>Test rows.</summary>
    public static IEnumerable<object[]> Names => All.Select(spelling => new object[] { spelling.Name });

    /// <inheritdoc/>
    public override string ToString() => Name;
}
