using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Managed.Code;
using KCallbacks.Managed.Contracts;
using KCallbacks.Managed.Names;
using KCallbacks.Managed.Objects;
using KCallbacks.Scanning.Unwinding;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Managed;

/// <summary>The .NET runtime of a process, read without its data access component: .NET 10 and later say themselves where their data lies.</summary>
public sealed class ManagedRuntime
{
    /// <summary>Its JIT compiler's code: from version 2 on, a large method is found without searching back through the map.</summary>
    private const int ExecutionManager = 2;

    private readonly RuntimeMemory _memory;
    private readonly LoadedAssemblies _assemblies;

    private ManagedRuntime(RuntimeMemory memory)
    {
        _memory = memory;
        _assemblies = new LoadedAssemblies(memory);
        Code = new GeneratedCode(memory);
    }

    /// <summary>The code that it made as the process ran.</summary>
    public IGeneratedCode Code { get; }

    /// <summary>Names of methods; null when it keeps to versions of the contracts that are not known here.</summary>
    public IMethodNames? CreateNames() => HasNames ? new MethodNames(_memory, _assemblies) : null;

    /// <summary>Its objects; null when it keeps to versions of the contracts that are not known here.</summary>
    public IManagedObjects? CreateObjects() =>
        HasNames && _memory.Descriptor.Has("Object", 1) && _memory.Descriptor.Has("Thread", 1) ? new RuntimeObjects(_memory, _assemblies) : null;

    private bool HasNames => _memory.Descriptor.Has("RuntimeTypeSystem", 1) && _memory.Descriptor.Has("Loader", 1);

    /// <summary>Finds the runtime of a process; null when there is none, it does not say where its data lies, or it keeps to versions that are not known here.</summary>
    /// <param name="process">The process.</param>
    /// <param name="isInProgram">Whether the program's own image may hold the runtime, as that of a program in a single file does: its exports are asked then.</param>
    public static ManagedRuntime? Find(IProcessView process, bool isInProgram = false)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (process.Architecture != Architecture.X64)
            return null;
        string? name = process.Modules.Select(module => module.Name).FirstOrDefault(SystemModules.IsCoreRuntime)
            ?? (isInProgram ? process.Modules.FirstOrDefault()?.Name : null);
        return name is not null && ContractDescriptor.Read(process, name) is { } descriptor && descriptor.Has("ExecutionManager", ExecutionManager)
            ? new ManagedRuntime(new RuntimeMemory(process, descriptor))
            : null;
    }
}
