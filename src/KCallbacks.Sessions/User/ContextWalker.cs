using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.User;

/// <summary>The engine's walks from registers. The effective machine must be that of the registers.</summary>
internal sealed unsafe class ContextWalker(DebugEngine engine)
{
    private const int MostFrames = 1 << 16;

    private readonly FrameBuffer _buffer = new(MostFrames);

    /// <summary>Adds the frames from a context on.</summary>
    /// <remarks>
    /// The engine does not know by which bits ARM64 code signs return addresses when a dump lacks the page that says it
    /// (<c>.pacmask</c>); its walk ends at the first signed one, and goes on from there without the signature.
    /// </remarks>
    /// <param name="frames">Where they are added.</param>
    /// <param name="start">The context.</param>
    /// <param name="isCut">Whether there may be more frames than the engine was asked for.</param>
    public void Append(List<EngineStackFrame> frames, RegisterContext start, out bool isCut)
    {
        using var context = new RegisterContext(start.Machine);
        context.CopyFrom(start.Bytes);
        while (true)
        {
            int before = frames.Count;
            frames.AddRange(Fill(context, out isCut));
            if (isCut || !EndsAtSignature(frames, before, context.Machine))
                return;
            using RegisterContext last = LastContext(context, frames.Count - before);
            context.CopyFrom(last.Bytes);
            context.InstructionPointer = RemoveSignedEnd(frames);
        }
    }

    /// <summary>The registers of the last of some frames of a walk, of which the preserved ones still hold further out.</summary>
    /// <param name="start">Where the walk starts.</param>
    /// <param name="frames">How many frames; 0 gives the registers it starts with.</param>
    public RegisterContext LastContext(RegisterContext start, int frames)
    {
        var last = new RegisterContext(start.Machine);
        last.CopyFrom(start.Bytes);
        if (frames == 0)
            return last;
        byte* contexts = (byte*)NativeMemory.AlignedAlloc((nuint)frames * start.Size, RegisterContext.Alignment);
        try
        {
            if (engine.Control.TryGetContextStackTrace(start.Bytes, new EngineStackFrame[frames], contexts, start.Size, out uint filled).Succeeded && filled > 0)
                last.CopyFrom(contexts + ((filled - 1) * start.Size));
        }
        finally
        {
            NativeMemory.AlignedFree(contexts);
        }

        return last;
    }

    private ReadOnlySpan<EngineStackFrame> Fill(RegisterContext start, out bool isCut) => _buffer.Fill(
        (Span<EngineStackFrame> buffer, out uint filled) => engine.Control.TryGetContextStackTrace(start.Bytes, buffer, null, start.Size, out filled),
        out isCut);

    /// <summary>Whether a walk that passed at least one frame ends at an address that is one of user mode without its upper bits.</summary>
    private static bool EndsAtSignature(List<EngineStackFrame> frames, int before, CpuLayout machine) =>
        machine == CpuLayout.Arm64
        && frames.Count > before + 1
        && frames[^1].InstructionOffset is var end
        && AddressSpace.WithoutSignature(end) != end && AddressSpace.SideOf(end) == FrameSide.User;

    /// <summary>Takes the frame with the signed address away, to which the one before it returns; gives the address without its signature.</summary>
    private static ulong RemoveSignedEnd(List<EngineStackFrame> frames)
    {
        ulong address = AddressSpace.WithoutSignature(frames[^1].InstructionOffset);
        frames.RemoveAt(frames.Count - 1);
        frames[^1] = frames[^1] with { ReturnOffset = address };
        return address;
    }
}
