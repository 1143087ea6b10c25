using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>Where the functions of a process begin, by the unwind data of its x64 images.</summary>
/// <param name="process">The process; its modules must not change afterwards.</param>
public sealed class FunctionStarts(IProcessView process)
{
    /// <summary>The compiler chains a function's parts by one or two links.</summary>
    private const int MostLinks = 16;

    private readonly Lazy<ExceptionDirectories> _directories = new(() => new ExceptionDirectories(process));

    /// <summary>What they are read from; walks read the same.</summary>
    internal ExceptionDirectories Directories => _directories.Value;

    /// <summary>Start of the function that holds an address; null for a leaf function, on other processors, and where the data is not readable.</summary>
    public ulong? Of(ulong address)
    {
        if (process.Architecture != Architecture.X64 || Directories.ModuleAt(address) is not { } module)
            return null;
        if (Directories.Of(module) is not { } directory || directory.Find((uint)(address - module.Base)) is not { } function)
            return null;
        for (int link = 0; link < MostLinks; link++)
        {
            if (directory.UnwindInfoOf(function) is not { } info)
                return null;
            if (info.Chained is not { } outer)
                return module.Base + function.Begin;
            function = outer;
        }

        return null;
    }
}
