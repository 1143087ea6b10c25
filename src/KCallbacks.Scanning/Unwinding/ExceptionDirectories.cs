using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The exception directories of a process's modules, each read when it is first needed.</summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
internal sealed class ExceptionDirectories(IProcessView process)
{
    private readonly ModuleMap _modules = new(process.Modules);
    private readonly Dictionary<ulong, ExceptionDirectory?> _directories = [];

    /// <summary>The module at an address; null when there is none.</summary>
    public Module? ModuleAt(ulong address) => _modules.At(address);

    /// <summary>A module's directory; null when it cannot be read.</summary>
    public ExceptionDirectory? Of(Module module)
    {
        if (!_directories.TryGetValue(module.Base, out ExceptionDirectory? directory))
            _directories[module.Base] = directory = ExceptionDirectory.Read(process, module);
        return directory;
    }
}
