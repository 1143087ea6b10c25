using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Dumps;

/// <summary>
/// A minidump as a process whose threads can be judged, on any operating system. Stacks of x64 are walked, and names come from
/// export tables, as far as the dump holds the images.
/// </summary>
public sealed class Minidump : IProcessView, IDisposable
{
    private const int PageSize = 0x1000;

    private readonly MinidumpContent _content;
    private readonly Machine _machine;
    private readonly DumpedThread _threads;
    private readonly ExportTables _exports;
    private readonly X64StackWalker? _walker;
    private readonly FunctionStarts _functionStarts;

    private Minidump(string path, MinidumpContent content, Machine machine)
    {
        _content = content;
        _machine = machine;
        _threads = new DumpedThread(content, machine);
        _exports = new ExportTables(ReadBytes);
        Modules = ModuleNames.Of(content.Modules);
        ProcessEnvironmentBlock = content.Threads
            .Select(thread => content.ReadPointer(thread.EnvironmentBlock, machine.ProcessBlock, machine))
            .FirstOrDefault(address => address is not null);
        IsWine = Wine.Runs(this);
        ManagedRuntime = RuntimeName.Of(path, Modules);
        _functionStarts = new FunctionStarts(this);
        _walker = Architecture == Architecture.X64 ? new X64StackWalker(this) : null;
    }

    /// <inheritdoc/>
    public Architecture Architecture => _machine.Architecture;

    /// <inheritdoc/>
    public int? WindowsBuild => _content.System.WindowsBuild;

    /// <inheritdoc/>
    public bool IsWine { get; }

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules { get; }

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock { get; }

    /// <summary>How many threads the dump lists.</summary>
    public int ThreadCount => _content.Threads.Count;

    /// <summary>
    /// The first thing that the dump should hold and does not, because it was cut off or holds zeros: one sentence without a full stop.
    /// Null when it is whole. Final when all threads were read.
    /// </summary>
    public string? Missing => _content.Gaps.First;

    /// <summary>Whether it is a 32-bit process in a dump made by a 64-bit program, which shows the 64-bit halves of its threads.</summary>
    public bool IsWow64 => Architecture is Architecture.X64 or Architecture.Arm64 && Modules.Any(module => ModuleName.IsWow64(module.Name));

    /// <summary>The .NET runtime of the process and, where the dump holds it, its version, for example <c>coreclr 9.0.25.52411</c>; null where it has none.</summary>
    public string? ManagedRuntime { get; }

    /// <summary>Opens a minidump.</summary>
    /// <exception cref="DumpException">The file cannot be opened, is no minidump of Windows, or lacks what nothing can be read without.</exception>
    public static Minidump Open(string path)
    {
        try
        {
            MinidumpContent content = MinidumpContent.Open(path);
            return Of(path, content) ?? throw Refused(content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DumpException($"The dump cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The threads with their stack memory and frames; one that cannot be read says so in <see cref="ThreadStack.Problem"/>.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public IEnumerable<ThreadStack> ReadThreads() => _content.Threads.Select((thread, position) => Walk(_threads.Read(thread, position)));

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool TryRead(ulong address, Span<byte> destination) =>
        _content.Memory.Read(address, destination) == destination.Length && !(IsBlank(destination) && IsBlankImage(address));

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (Modules.FirstOrDefault(module => module.Contains(address)) is not { } module)
            return null;

        uint offset = (uint)(address - module.Base);
        return _exports.Of(module).At(offset) is { } export
            ? NearestExport.Judge(new Symbol(module.Name, export.Name, offset - export.Offset, IsExport: true), address, module.Base, this)
            : new Symbol(module.Name, null, offset, IsExport: false);
    }

    /// <inheritdoc/>
    public ulong? FindFunctionStart(ulong address) => _functionStarts.Of(address);

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function) =>
        Modules.Where(candidate => string.Equals(candidate.Name, module, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => candidate.Base + _exports.Of(candidate).OffsetOf(function))
            .FirstOrDefault(address => address is not null);

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private static Minidump? Of(string path, MinidumpContent content) =>
        content.System.OtherSystem is null && Machine.Of(content.System.Processor) is { } machine ? new Minidump(path, content, machine) : null;

    private static DumpException Refused(MinidumpContent content)
    {
        content.Dispose();
        return new(content.System.OtherSystem is { } other
            ? $"The dump is of a program on {other}; callbacks from the kernel exist on Windows only."
            : $"The dump is of a processor with the number {content.System.Processor}; x64 (9), x86 (0), ARM64 (12) and ARM (5) are known.");
    }

    /// <summary>Adds the frames where a walk finds the thread's start; a shorter one shows nothing that memory does not.</summary>
    private ThreadStack Walk(ThreadStack stack) =>
        _walker?.Walk(stack) is { Extent: WalkExtent.Complete } walk ? walk.On(stack, this) : stack;

    /// <summary>
    /// Whether an address lies in a page of an image that the dump holds as zeros. It may be data, but code would be taken for proof
    /// that a return address on the stack is none.
    /// </summary>
    private bool IsBlankImage(ulong address)
    {
        Span<byte> page = stackalloc byte[PageSize];
        return Modules.Any(module => module.Contains(address))
            && _content.Memory.Read(address - (address % PageSize), page) is var read
            && IsBlank(page[..read]);
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    private byte[]? ReadBytes(ulong address, int count)
    {
        byte[] bytes = new byte[count];
        return TryRead(address, bytes) ? bytes : null;
    }
}
