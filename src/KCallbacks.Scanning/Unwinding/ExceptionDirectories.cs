using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The exception directories of a process's modules, each read when it is first needed, and of code that lies in none.</summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
/// <param name="generated">Code that a runtime made; null where there is none.</param>
internal sealed class ExceptionDirectories(IProcessView process, IGeneratedCode? generated = null)
{
    private readonly ModuleMap _modules = new(process.Modules);
    private readonly Dictionary<ulong, ExceptionDirectory?> _directories = [];
    private readonly Dictionary<GeneratedFunction, ExceptionDirectory> _generated = new(ReferenceEqualityComparer.Instance);

    /// <summary>The module at an address; null when there is none.</summary>
    public Module? ModuleAt(ulong address) => _modules.At(address);

    /// <summary>A module's directory; null when it cannot be read.</summary>
    public ExceptionDirectory? Of(Module module)
    {
        if (!_directories.TryGetValue(module.Base, out ExceptionDirectory? directory))
            _directories[module.Base] = directory = ExceptionDirectory.Read(process, module);
        return directory;
    }

    /// <summary>The directory of the function that a runtime made at an address; null when there is none.</summary>
    public ExceptionDirectory? OfGenerated(ulong address)
    {
        if (generated?.FunctionAt(address) is not { } function)
            return null;
        if (!_generated.TryGetValue(function, out ExceptionDirectory? directory))
            _generated[function] = directory = ExceptionDirectory.Of(process, function);
        return directory;
    }
}
