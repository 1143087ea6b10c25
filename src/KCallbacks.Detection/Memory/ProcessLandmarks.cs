using System.Collections.Immutable;

namespace KCallbacks.Detection.Memory;

/// <summary>The addresses of a process that callback frames are held against, looked up once.</summary>
internal sealed class ProcessLandmarks
{
    /// <summary>Modules whose stubs make the system calls that lead to callbacks; before Windows 10 1607 user32 and gdi32 themselves.</summary>
    private static readonly string[] EntryModuleNames = ["win32u", "user32", "gdi32", "gdi32full", "wow64win", "ntdll"];

    private readonly ImmutableArray<Module> _ntdll;
    private readonly ImmutableArray<Module> _entryModules;

    public ProcessLandmarks(IProcessView process)
    {
        KnowsModules = !process.Modules.IsDefaultOrEmpty;
        _ntdll = ModulesNamed(process, ["ntdll"]);
        _entryModules = ModulesNamed(process, EntryModuleNames);
        Dispatchers = Find(process, "KiUserCallbackDispatcher");
        ExceptionHandlers = Find(process, "KiUserCallbackExceptionHandler");
        CallbackReturns = Find(process, "NtCallbackReturn").Union(Find(process, "ZwCallbackReturn")).ToImmutableArray();
        FastCallReturns = Find(process, "KiFastSystemCallRet");
    }

    public bool KnowsModules { get; }

    /// <summary><c>ntdll!KiUserCallbackDispatcher</c>: none when not known, two in a WoW64 process.</summary>
    public ImmutableArray<ulong> Dispatchers { get; }

    /// <summary><c>ntdll!KiUserCallbackExceptionHandler</c>, which the exception record of an x86 frame names.</summary>
    public ImmutableArray<ulong> ExceptionHandlers { get; }

    /// <summary><c>ntdll!NtCallbackReturn</c>, which is also <c>ZwCallbackReturn</c>.</summary>
    public ImmutableArray<ulong> CallbackReturns { get; }

    /// <summary><c>ntdll!KiFastSystemCallRet</c>, where a thread of 32-bit Windows stands during a system call.</summary>
    public ImmutableArray<ulong> FastCallReturns { get; }

    public bool IsInNtdll(ulong address) => Contains(_ntdll, address);

    public bool IsInEntryModule(ulong address) => Contains(_entryModules, address);

    private ImmutableArray<ulong> Find(IProcessView process, string function) =>
        _ntdll.Select(module => module.Name).DefaultIfEmpty("ntdll").Distinct()
            .Select(module => process.FindFunction(module, function))
            .OfType<ulong>().Distinct().ToImmutableArray();

    private static ImmutableArray<Module> ModulesNamed(IProcessView process, string[] names) =>
        process.Modules.IsDefaultOrEmpty ? [] : process.Modules.Where(module => names.Contains(PlainName(module.Name))).ToImmutableArray();

    private static bool Contains(ImmutableArray<Module> modules, ulong address)
    {
        foreach (Module module in modules)
        {
            if (module.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>Debuggers print the 32-bit ntdll of a WoW64 process as <c>ntdll_771d0000</c>, <c>ntdll32</c> or <c>wntdll</c>.</summary>
    private static string PlainName(string name)
    {
        string plain = Path.GetFileNameWithoutExtension(name).ToLowerInvariant();
        int suffix = plain.IndexOf('_', StringComparison.Ordinal);
        plain = suffix > 0 ? plain[..suffix] : plain;
        return plain is "wntdll" or "ntdll32" ? "ntdll" : plain;
    }
}
