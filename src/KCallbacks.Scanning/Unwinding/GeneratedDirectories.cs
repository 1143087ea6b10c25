using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The unwind data of functions that a runtime made, which lie in no module.</summary>
/// <param name="process">The process.</param>
/// <param name="generated">The functions; null where there are none.</param>
internal sealed class GeneratedDirectories(IProcessView process, IGeneratedCode? generated)
{
    private readonly Dictionary<GeneratedFunction, ExceptionDirectory> _directories = new(ReferenceEqualityComparer.Instance);

    /// <summary>The directory of the function that a runtime made at an address; null when there is none.</summary>
    public ExceptionDirectory? At(ulong address)
    {
        if (generated?.FunctionAt(address) is not { } function)
            return null;
        if (!_directories.TryGetValue(function, out ExceptionDirectory? directory))
            _directories[function] = directory = ExceptionDirectory.Of(process, function);
        return directory;
    }
}
