using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Dumps;

/// <summary>
/// The process in a minidump, on any operating system. Names come from export tables, as far as the dump holds the images.
/// <see cref="MinidumpTarget"/> has its threads.
/// </summary>
public sealed class Minidump : IProcessView, IDisposable
{
    private const int PageSize = 0x1000;

    private readonly MinidumpContent _content;
    private readonly DumpedThread _threads;
    private readonly ExportTables _exports;
    private readonly ModuleMap _map;

    private readonly ImageFolder? _images;
    private readonly Dictionary<ulong, ImageFile?> _files = [];

    private Minidump(string path, MinidumpContent content, CpuLayout machine, ImageFolder? images)
    {
        _images = images;
        _content = content;
        _exports = new ExportTables(ReadBytes);
        Architecture = machine.Architecture;
        Modules = ModuleNames.Of(content.Modules);
        _map = new ModuleMap(Modules);
        _threads = new DumpedThread(content, machine, IsWow64);
        ProcessEnvironmentBlock = FindProcessBlock(content, machine);
        IsWine = Wine.Runs(this);
        ManagedRuntime = RuntimeName.Of(path, Modules, content.Modules);
        FunctionStarts = new FunctionStarts(this);
    }

    /// <inheritdoc/>
    public Architecture Architecture { get; }

    /// <inheritdoc/>
    public int? WindowsBuild => _content.System.WindowsBuild;

    /// <inheritdoc/>
    public bool IsWine { get; }

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules { get; }

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock { get; }

    /// <summary>System id of the thread that wrote it; null where none is named.</summary>
    internal uint? Writer => _content.Writer;

    /// <summary>Its handles; null where the dump has none.</summary>
    internal IHandleView? Handles => _content.Handles;

    /// <summary>The threads in the dump's order, which is also the debugger's.</summary>
    internal IReadOnlyList<ListedThread> Threads => _content.Threads;

    /// <summary>
    /// The first thing that the dump should hold and does not, because it was cut off or holds zeros: one sentence without a full stop.
    /// Null when it is whole. Final when all threads were read.
    /// </summary>
    public string? Missing => _content.Gaps.First;

    /// <summary>Whether it is a 32-bit process in a dump made by a 64-bit program, which shows the 64-bit halves of its threads.</summary>
    public bool IsWow64 => Architecture is Architecture.X64 or Architecture.Arm64 && Modules.Any(module => ModuleName.IsWow64(module.Name));

    /// <summary>The .NET runtime of the process; null where it has none.</summary>
    public RuntimeName? ManagedRuntime { get; }

    /// <summary>Code that Windows had registered outside of modules when the dump was written; null where it tells of none.</summary>
    public IGeneratedCode? GeneratedCode => Architecture == Architecture.X64 ? _content.Functions : null;

    /// <summary>What the dump says of itself.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public Capture Capture => CaptureReader.Read(_content, this);

    /// <summary>Opens a minidump.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="images">Images for modules that the dump does not hold; null when there are none.</param>
    /// <exception cref="DumpException">The file cannot be opened, is no minidump of Windows, or lacks what nothing can be read without.</exception>
    public static Minidump Open(string path, ImageFolder? images = null)
    {
        try
        {
            MinidumpContent content = MinidumpContent.Open(path);
            return Of(path, content, images) ?? throw Refused(content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DumpException($"The dump cannot be read: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool TryRead(ulong address, Span<byte> destination) =>
        (_content.Memory.Read(address, destination) == destination.Length && !(IsBlank(destination) && IsBlankImage(address)))
        || (_images is not null && TryReadImage(address, destination));

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (_map.At(address) is not { } module)
            return null;

        uint offset = (uint)(address - module.Base);
        return _exports.Of(module).At(offset) is { } export
            ? NearestExport.Judge(new Symbol(module.Name, export.Name, offset - export.Offset, IsExport: true), address, module.Base, this)
            : new Symbol(module.Name, null, offset, IsExport: false);
    }

    /// <summary>Where functions begin, for walks over the same unwind data.</summary>
    internal FunctionStarts FunctionStarts { get; }

    /// <inheritdoc/>
    public ulong? FindFunctionStart(ulong address) => FunctionStarts.Of(address);

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function) =>
        Modules.Where(candidate => string.Equals(candidate.Name, module, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => candidate.Base + _exports.Of(candidate).OffsetOf(function))
            .FirstOrDefault(address => address is not null);

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    /// <summary>Adds registers and stack memory to a thread of <see cref="Threads"/>, as far as they are in the dump.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    internal ThreadStack Read(ThreadStack thread) => _threads.Read(thread, _content.Threads[thread.Thread.Position]);

    private static ulong? FindProcessBlock(MinidumpContent content, CpuLayout machine)
    {
        foreach (ListedThread thread in content.Threads)
        {
            if (content.ReadPointer(thread.EnvironmentBlock, machine.ProcessBlockOffset, machine) is { } address)
                return address;
        }

        return null;
    }

    private static Minidump? Of(string path, MinidumpContent content, ImageFolder? images) =>
        content.System.OtherSystem is null && CpuLayout.OfProcessor(content.System.Processor) is { } machine ? new Minidump(path, content, machine, images) : null;

    private static DumpException Refused(MinidumpContent content)
    {
        content.Dispose();
        return new(content.System.OtherSystem is { } other
            ? $"The dump is of a program on {other}; callbacks from the kernel exist on Windows only. minidump_stackwalk reads it."
            : $"The dump is of a processor with the number {content.System.Processor}; x64 (9), x86 (0), ARM64 (12) and ARM (5) are known.") { IsUnsupported = true };
    }

    /// <summary>
    /// Whether an address lies in a page of an image that the dump holds as zeros. It may be data, but code would be taken for proof
    /// that a return address on the stack is none.
    /// </summary>
    private bool IsBlankImage(ulong address)
    {
        Span<byte> page = stackalloc byte[PageSize];
        return _map.At(address) is not null
            && _content.Memory.Read(address - (address % PageSize), page) is var read
            && IsBlank(page[..read]);
    }

    private bool TryReadImage(ulong address, Span<byte> destination)
    {
        if (_map.At(address) is not { } module)
            return false;
        if (!_files.TryGetValue(module.Base, out ImageFile? file))
            _files[module.Base] = file = _content.Modules.FirstOrDefault(listed => listed.Base == module.Base) is { } listed ? _images!.Find(listed) : null;
        return file is not null && file.TryRead((uint)(address - module.Base), destination);
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    private byte[]? ReadBytes(ulong address, int count)
    {
        byte[] bytes = new byte[count];
        return TryRead(address, bytes) ? bytes : null;
    }
}
