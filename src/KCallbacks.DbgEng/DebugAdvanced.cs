using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>Register contexts and what a user-mode dump says besides.</summary>
public sealed unsafe class DebugAdvanced : EngineInterface, IEngineInterface<DebugAdvanced>
{
    private DebugAdvanced(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugAdvanced>.Name => "IDebugAdvanced3";

    static Guid IEngineInterface<DebugAdvanced>.Iid => new("cba4abb4-84c4-444d-87ca-a04e13286739");

    internal static new class Slot
    {
        public const int GetThreadContext = 3;
        public const int Request = 5;
    }

    static DebugAdvanced IEngineInterface<DebugAdvanced>.Adopt(nint pointer) => new(pointer);

    /// <summary>Reads the CONTEXT of the current thread.</summary>
    /// <param name="context">A CONTEXT of the target's processor, aligned to 16 bytes.</param>
    /// <param name="size">Its size in bytes.</param>
    public HResult TryGetThreadContext(void* context, uint size) =>
        new(((delegate* unmanaged<nint, void*, uint, int>)Method(Slot.GetThreadContext))(Pointer, context, size));

    /// <summary>Reads a stream of the user-mode dump that the current process is in. Fails in every other session.</summary>
    /// <param name="stream">Which one.</param>
    /// <param name="destination">Where to put its first bytes.</param>
    /// <param name="read">How many bytes were read; fewer than asked for where the stream ends.</param>
    public HResult TryReadDumpStream(DumpStream stream, Span<byte> destination, out uint read)
    {
        fixed (byte* buffer = destination)
        {
            var request = new StreamRequest { Stream = stream, Buffer = buffer, BufferSize = (uint)destination.Length };
            HResult result = new(((delegate* unmanaged<nint, uint, void*, uint, void*, uint, uint*, int>)Method(Slot.Request))(
                Pointer, (uint)EngineRequest.ReadUserMinidumpStream, &request, (uint)sizeof(StreamRequest), null, 0, null));
            read = result.Succeeded ? request.BufferUsed : 0;
            return result;
        }
    }

    /// <summary><c>DEBUG_READ_USER_MINIDUMP_STREAM</c>, 32 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StreamRequest
    {
        public DumpStream Stream;
        public uint Flags;
        public ulong Offset;
        public void* Buffer;
        public uint BufferSize;
        public uint BufferUsed;
    }
}
