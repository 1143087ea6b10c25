using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The functions of an image that have unwind data: its exception directory (PE format, "The .pdata Section").</summary>
internal sealed class ExceptionDirectory
{
    /// <summary>Larger than any image's; keeps a damaged header from costing gigabytes.</summary>
    private const uint Largest = 64 << 20;

    private const int DosHeaderSize = 0x40;
    private const int HeadersToDirectory = 0xa8;
    private const int DirectoryOffset = 0xa0;
    private const ushort Pe32Plus = 0x20b;

    /// <summary>Entries of a directory that point at another entry have this bit set in place of an aligned address.</summary>
    private const uint IndirectFlag = 1;

    private readonly IProcessView _process;
    private readonly byte[] _entries;
    private readonly Dictionary<uint, UnwindInfo?> _unwindInfos = [];

    private ExceptionDirectory(IProcessView process, Module module, byte[] entries)
    {
        _process = process;
        Module = module;
        _entries = entries;
    }

    /// <summary>The image.</summary>
    public Module Module { get; }

    /// <summary>Reads the directory of a module; null when its memory is missing or is no x64 image.</summary>
    public static ExceptionDirectory? Read(IProcessView process, Module module)
    {
        Span<byte> dos = stackalloc byte[DosHeaderSize];
        if (!process.TryRead(module.Base, dos) || dos is not [(byte)'M', (byte)'Z', ..])
            return null;

        uint headers = BinaryPrimitives.ReadUInt32LittleEndian(dos[0x3c..]);
        Span<byte> pe = stackalloc byte[HeadersToDirectory];
        if (headers > module.Size || !process.TryRead(module.Base + headers, pe) || pe is not [(byte)'P', (byte)'E', 0, 0, ..])
            return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(pe[0x18..]) != Pe32Plus)
            return null;

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(pe[DirectoryOffset..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(pe[(DirectoryOffset + sizeof(uint))..]);
        if (size > Largest || (ulong)offset + size > module.Size)
            return null;

        byte[] entries = new byte[size - size % RuntimeFunction.Size];
        return process.TryRead(module.Base + offset, entries) ? new ExceptionDirectory(process, module, entries) : null;
    }

    /// <summary>The directory of a function that a runtime made, as if it were an image.</summary>
    public static ExceptionDirectory Of(IProcessView process, GeneratedFunction function) =>
        new(process, new Module("generated code", function.Base, function.Size), function.Table);

    /// <summary>The entry in the bytes of a directory.</summary>
    public static RuntimeFunction EntryAt(ReadOnlySpan<byte> entries, int index)
    {
        ReadOnlySpan<byte> entry = entries.Slice(index * RuntimeFunction.Size, RuntimeFunction.Size);
        return new RuntimeFunction(
            BinaryPrimitives.ReadUInt32LittleEndian(entry),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
    }

    /// <summary>The function at an offset of the image; null for a leaf function, which has no unwind data.</summary>
    public RuntimeFunction? Find(uint offset)
    {
        int low = 0;
        int high = _entries.Length / RuntimeFunction.Size - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            RuntimeFunction entry = EntryAt(_entries, middle);
            if (entry.Contains(offset))
                return entry;
            if (offset < entry.Begin)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return null;
    }

    /// <summary>A function's unwind data; null when it is not readable or not of a known form.</summary>
    public UnwindInfo? UnwindInfoOf(RuntimeFunction function)
    {
        if (!_unwindInfos.TryGetValue(function.UnwindInfo, out UnwindInfo? info))
            _unwindInfos[function.UnwindInfo] = info = ReadUnwindInfo(function);
        return info;
    }

    private UnwindInfo? ReadUnwindInfo(RuntimeFunction function)
    {
        if ((function.UnwindInfo & IndirectFlag) == 0)
            return UnwindInfo.Read(_process, Module, function.UnwindInfo);

        Span<byte> entry = stackalloc byte[RuntimeFunction.Size];
        uint offset = function.UnwindInfo & ~IndirectFlag;
        return (ulong)offset + RuntimeFunction.Size <= Module.Size && _process.TryRead(Module.Base + offset, entry)
            ? UnwindInfo.Read(_process, Module, EntryAt(entry, 0).UnwindInfo)
            : null;
    }
}
