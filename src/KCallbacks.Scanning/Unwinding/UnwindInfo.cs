using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>RUNTIME_FUNCTION: a range of code and where its unwind data lies, all as offsets in the image.</summary>
internal readonly record struct RuntimeFunction(uint Begin, uint End, uint UnwindInfo)
{
    public const int Size = 12;

    public bool Contains(uint offset) => offset >= Begin && offset < End;
}

/// <summary>UNWIND_OP_CODES: what one step of a prologue did.</summary>
internal enum UnwindOperation : byte
{
    PushNonvolatile = 0,
    AllocateLarge = 1,
    AllocateSmall = 2,
    SetFrameRegister = 3,
    SaveNonvolatile = 4,
    SaveNonvolatileFar = 5,

    /// <summary>Version 2: where epilogues lie. Version 1: a form of saving half an XMM register that is no longer used.</summary>
    Epilogue = 6,

    /// <summary>Like <see cref="Epilogue"/> nothing that undoing the prologue needs.</summary>
    Spare = 7,
    SaveXmm128 = 8,
    SaveXmm128Far = 9,
    PushMachineFrame = 10,
}

/// <summary>One decoded UNWIND_CODE.</summary>
/// <param name="PrologueOffset">Offset in the function right after the instruction it describes.</param>
/// <param name="Operation">What the instruction did.</param>
/// <param name="Info">The register's number, or whether a machine frame has an error code.</param>
/// <param name="Bytes">Bytes allocated, or the offset from the frame's base at which a register was saved.</param>
internal readonly record struct UnwindCode(byte PrologueOffset, UnwindOperation Operation, byte Info, uint Bytes);

/// <summary>UNWIND_INFO, versions 1 and 2: how to undo a function's prologue.</summary>
/// <remarks>The format is that of Microsoft's "x64 exception handling"; version 2 adds only the place of the epilogues.</remarks>
internal sealed record UnwindInfo
{
    private const int HeaderSize = 4;
    private const int SlotSize = 2;
    private const int ChainedFlag = 4;
    private const uint SlotScale = 8;
    private const uint XmmScale = 16;

    /// <summary>Length of the prologue in bytes.</summary>
    public required byte PrologueSize { get; init; }

    /// <summary>Number of the register that points into the frame; 0 when there is none.</summary>
    public required int FrameRegister { get; init; }

    /// <summary>Bytes from the frame's base to where the frame register points.</summary>
    public required uint FrameOffset { get; init; }

    /// <summary>What the prologue did, last instruction first.</summary>
    public required ImmutableArray<UnwindCode> Codes { get; init; }

    /// <summary>The function whose prologue ran before; null for a function that stands alone.</summary>
    public RuntimeFunction? Chained { get; init; }

    /// <summary>Reads the unwind data at an offset of a module; null when it is not readable or not of a known form.</summary>
    public static UnwindInfo? Read(IProcessView process, Module module, uint offset)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!TryRead(process, module, offset, header) || (header[0] & 7) is not (1 or 2))
            return null;

        Span<byte> slots = stackalloc byte[header[2] * SlotSize];
        if (!TryRead(process, module, offset + HeaderSize, slots) || Decode(slots) is not { } codes)
            return null;

        RuntimeFunction? chained = null;
        bool isChained = (header[0] >> 3 & ChainedFlag) != 0;
        if (isChained)
        {
            // The number of slots is rounded up to an even one.
            uint after = offset + HeaderSize + (uint)((header[2] + 1) & ~1) * SlotSize;
            Span<byte> entry = stackalloc byte[RuntimeFunction.Size];
            if (!TryRead(process, module, after, entry))
                return null;
            chained = ExceptionDirectory.EntryAt(entry, 0);
        }

        return new UnwindInfo
        {
            PrologueSize = header[1],
            FrameRegister = header[3] & 0xf,
            FrameOffset = (uint)(header[3] >> 4) * XmmScale,
            Codes = codes,
            Chained = chained,
        };
    }

    private static bool TryRead(IProcessView process, Module module, uint offset, Span<byte> bytes) =>
        (ulong)offset + (ulong)bytes.Length <= module.Size && process.TryRead(module.Base + offset, bytes);

    /// <summary>The codes; null when one is unknown or lacks its operand.</summary>
    private static ImmutableArray<UnwindCode>? Decode(ReadOnlySpan<byte> slots)
    {
        ImmutableArray<UnwindCode>.Builder codes = ImmutableArray.CreateBuilder<UnwindCode>();
        while (!slots.IsEmpty)
        {
            var operation = (UnwindOperation)(slots[1] & 0xf);
            byte info = (byte)(slots[1] >> 4);
            int length = SlotsOf(operation, info) * SlotSize;
            if (length == 0 || length > slots.Length)
                return null;

            codes.Add(new UnwindCode(slots[0], operation, info, BytesOf(operation, info, slots[SlotSize..length])));
            slots = slots[length..];
        }

        return codes.ToImmutable();
    }

    /// <summary>Slots a code takes; 0 for one that does not exist.</summary>
    private static int SlotsOf(UnwindOperation operation, byte info) => operation switch
    {
        UnwindOperation.PushNonvolatile or UnwindOperation.AllocateSmall or UnwindOperation.SetFrameRegister => 1,
        UnwindOperation.PushMachineFrame when info <= 1 => 1,
        UnwindOperation.AllocateLarge when info <= 1 => 2 + info,
        UnwindOperation.SaveNonvolatile or UnwindOperation.SaveXmm128 or UnwindOperation.Epilogue => 2,
        UnwindOperation.SaveNonvolatileFar or UnwindOperation.SaveXmm128Far or UnwindOperation.Spare => 3,
        _ => 0,
    };

    private static uint BytesOf(UnwindOperation operation, byte info, ReadOnlySpan<byte> operand) => operation switch
    {
        UnwindOperation.AllocateSmall => (info + 1u) * SlotScale,
        UnwindOperation.AllocateLarge when info == 0 => BinaryPrimitives.ReadUInt16LittleEndian(operand) * SlotScale,
        UnwindOperation.SaveNonvolatile => BinaryPrimitives.ReadUInt16LittleEndian(operand) * SlotScale,
        UnwindOperation.AllocateLarge or UnwindOperation.SaveNonvolatileFar => BinaryPrimitives.ReadUInt32LittleEndian(operand),
        _ => 0,
    };
}
