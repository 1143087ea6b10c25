using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory;

/// <summary>The addresses of a process that callback frames are held against, looked up once.</summary>
internal sealed class ProcessLandmarks
{
    private readonly ImmutableArray<Module> _modules;
    private readonly ImmutableArray<Module> _ntdll;
    private readonly ImmutableArray<Module> _entryModules;
    private readonly ImmutableArray<Module> _user32;
    private readonly ImmutableArray<Module> _wow64Win;

    public ProcessLandmarks(IProcessView process)
    {
        _modules = process.Modules.IsDefault ? [] : process.Modules;
        _ntdll = [.. _modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.Ntdll)];
        _entryModules = [.. _modules.Where(module => MakesSystemCalls(ModuleName.Recognise(module.Name)))];
        _user32 = [.. _modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.User32)];
        _wow64Win = [.. _modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.Wow64Win)];
        KnowsModules = !_modules.IsEmpty;
        Dispatchers = InNtdll(process, Dispatcher.Function);
        Arm64Returns = InNtdll(process, Dispatcher.Arm64ReturnLabel);
        ExceptionHandlers = InNtdll(process, Dispatcher.ExceptionHandler);
        FastCallReturns = InNtdll(process, FastSystemCall.Return);
        CallbackReturns =
        [
            .. InNtdll(process, $"Nt{CallbackReturn.Service}")
                .Union(InNtdll(process, $"Zw{CallbackReturn.Service}"))
                .Union(Found(process.FindFunction(SystemModules.User32, CallbackReturn.FunctionOfXp))),
        ];
    }

    public bool KnowsModules { get; }

    /// <summary><c>ntdll!KiUserCallbackDispatcher</c>: none when not known, two in a WoW64 process.</summary>
    public ImmutableArray<ulong> Dispatchers { get; }

    /// <summary>Where the routine returns to on ARM64, whose ntdll exports that place; none on other processors, or when not known.</summary>
    public ImmutableArray<ulong> Arm64Returns { get; }

    /// <summary><c>ntdll!KiUserCallbackExceptionHandler</c>, which the exception record of an x86 frame names.</summary>
    public ImmutableArray<ulong> ExceptionHandlers { get; }

    /// <summary><c>ntdll!NtCallbackReturn</c>, which is also <c>ZwCallbackReturn</c>, and XP's <c>user32!XyCallbackReturn</c>.</summary>
    public ImmutableArray<ulong> CallbackReturns { get; }

    /// <summary>Whether it is known where <c>NtCallbackReturn</c> lies.</summary>
    public bool KnowsCallbackReturn => !CallbackReturns.IsEmpty;

    public bool IsCallbackReturn(ulong function) => CallbackReturns.Contains(function);

    /// <summary><c>ntdll!KiFastSystemCallRet</c>, where a thread of 32-bit Windows stands during a system call.</summary>
    public ImmutableArray<ulong> FastCallReturns { get; }

    /// <summary>Whether it is known where user32 lies, which has the callback routines.</summary>
    public bool KnowsUser32 => !_user32.IsEmpty;

    public bool IsInUser32(ulong address) => Contains(_user32, address);

    /// <summary>Whether the address is in the module that has the callback routines of the 64-bit half of a WoW64 process.</summary>
    public bool IsInWow64Win(ulong address) => Contains(_wow64Win, address);

    /// <summary>Where an address lies in user32; its own value where it does not.</summary>
    public ulong OffsetInUser32(ulong address)
    {
        foreach (Module module in _user32)
        {
            if (module.Contains(address))
                return address - module.Base;
        }

        return address;
    }

    public bool IsInNtdll(ulong address) => Contains(_ntdll, address);

    /// <summary>Whether the address is where the dispatcher of a known ntdll calls the routine from.</summary>
    public bool IsKnownReturn(Architecture architecture, ulong address)
    {
        foreach (Module module in _ntdll)
        {
            if (module.Contains(address) && KnownNtdlls.ReturnTo(architecture, address - module.Base))
                return true;
        }

        return false;
    }

    public bool IsInModule(ulong address) => Contains(_modules, address);

    /// <summary>Whether the address is in a module whose stubs make the system calls that lead to callbacks.</summary>
    public bool IsInEntryModule(ulong address) => Contains(_entryModules, address);

    /// <summary>The function in every ntdll of the process, under the names the target gives them.</summary>
    private ImmutableArray<ulong> InNtdll(IProcessView process, string function) =>
    [
        .. _ntdll.Select(module => module.Name).DefaultIfEmpty(SystemModules.Ntdll).Distinct()
            .SelectMany(module => Found(process.FindFunction(module, function))).Distinct(),
    ];

    private static ImmutableArray<ulong> Found(ulong? address) => address is { } known ? [known] : [];

    /// <summary>Before Windows 10 1607 the stubs are in user32 and gdi32 themselves.</summary>
    private static bool MakesSystemCalls(SystemModule module) => module
        is SystemModule.Win32u or SystemModule.User32 or SystemModule.Gdi32 or SystemModule.Imm32 or SystemModule.Wow64Win or SystemModule.Ntdll;

    private static bool Contains(ImmutableArray<Module> modules, ulong address)
    {
        foreach (Module module in modules)
        {
            if (module.Contains(address))
                return true;
        }

        return false;
    }
}
