using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The exception directories of a process's modules, each read when it is first needed.</summary>
internal sealed class ExceptionDirectories(IProcessView process)
{
    private readonly Module[] _modules = [.. process.Modules.OrderBy(module => module.Base)];
    private readonly Dictionary<ulong, ExceptionDirectory?> _directories = [];

    /// <summary>The module at an address; null when there is none.</summary>
    public Module? ModuleAt(ulong address)
    {
        int low = 0;
        int high = _modules.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_modules[middle].Contains(address))
                return _modules[middle];
            if (address < _modules[middle].Base)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return null;
    }

    /// <summary>A module's directory; null when it cannot be read.</summary>
    public ExceptionDirectory? Of(Module module)
    {
        if (!_directories.TryGetValue(module.Base, out ExceptionDirectory? directory))
            _directories[module.Base] = directory = ExceptionDirectory.Read(process, module);
        return directory;
    }
}
