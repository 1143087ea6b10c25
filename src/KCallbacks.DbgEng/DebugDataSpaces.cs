
namespace KCallbacks.DbgEng;

/// <summary>Memory of the target and what the engine knows of its kernel.</summary>
public sealed unsafe class DebugDataSpaces : EngineInterface, IEngineInterface<DebugDataSpaces>
{
    private DebugDataSpaces(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugDataSpaces>.Name => "IDebugDataSpaces4";

    static Guid IEngineInterface<DebugDataSpaces>.Iid => new("d98ada1f-29e9-4ef5-a6c0-e53349883212");

    internal static new class Slot
    {
        public const int ReadVirtual = 3;
        public const int ReadPhysical = 10;
        public const int ReadDebuggerData = 21;
        public const int ReadHandleData = 25;
    }

    static DebugDataSpaces IEngineInterface<DebugDataSpaces>.Adopt(nint pointer) => new(pointer);

    /// <summary>Reads memory of the current process.</summary>
    /// <param name="address">Address of the first byte.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="read">How many bytes were read; may be fewer than asked for although the call succeeds.</param>
    public HResult TryReadVirtual(ulong address, Span<byte> destination, out uint read)
    {
        fixed (byte* buffer = destination)
        fixed (uint* filled = &read)
        {
            *filled = 0;
            return new HResult(((delegate* unmanaged<nint, ulong, void*, uint, uint*, int>)Method(Slot.ReadVirtual))(
                Pointer, address, buffer, (uint)destination.Length, filled));
        }
    }

    /// <summary>Reads memory of the current process as far as it is there.</summary>
    /// <param name="address">Address of the first byte.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <returns>How many bytes were read from the first one on; 0 when not even that one can be.</returns>
    public int Read(ulong address, Span<byte> destination) =>
        TryReadVirtual(address, destination, out uint read).Succeeded ? (int)read : 0;

    /// <summary>Reads memory of the current process; false unless every byte could be read.</summary>
    /// <param name="address">Address of the first byte.</param>
    /// <param name="destination">Where to put the bytes; may be changed also when false is returned.</param>
    public bool TryReadAll(ulong address, Span<byte> destination) =>
        TryReadVirtual(address, destination, out uint read).Succeeded && read == destination.Length;

    /// <summary>Reads physical memory in kernel sessions; false unless every byte could be read.</summary>
    /// <param name="address">Physical address of the first byte.</param>
    /// <param name="destination">Where to put the bytes; may be changed also when false is returned.</param>
    public bool TryReadPhysical(ulong address, Span<byte> destination)
    {
        uint filled = 0;
        fixed (byte* buffer = destination)
        {
            HResult result = new(((delegate* unmanaged<nint, ulong, void*, uint, uint*, int>)Method(Slot.ReadPhysical))(
                Pointer, address, buffer, (uint)destination.Length, &filled));
            return result.Succeeded && filled == destination.Length;
        }
    }

    /// <summary>Reads what the target tells of one of its handles; fails where it tells nothing.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="item">What is wanted.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="size">How many there are; may be more than fit.</param>
    public HResult TryReadHandleData(ulong handle, HandleDataItem item, Span<byte> destination, out uint size)
    {
        fixed (byte* buffer = destination)
        fixed (uint* filled = &size)
        {
            *filled = 0;
            return new HResult(((delegate* unmanaged<nint, ulong, uint, void*, uint, uint*, int>)Method(Slot.ReadHandleData))(
                Pointer, handle, (uint)item, buffer, (uint)destination.Length, filled));
        }
    }

    /// <summary>Reads an address that the engine keeps of the kernel.</summary>
    /// <param name="item">Which one.</param>
    /// <param name="value">Its value; 0 when the kernel does not tell.</param>
    public HResult TryReadDebuggerData(DebuggerData item, out ulong value)
    {
        fixed (ulong* buffer = &value)
        {
            *buffer = 0;
            uint filled;
            return new HResult(((delegate* unmanaged<nint, uint, void*, uint, uint*, int>)Method(Slot.ReadDebuggerData))(
                Pointer, (uint)item, buffer, sizeof(ulong), &filled));
        }
    }
}
