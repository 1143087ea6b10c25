using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>A frame of a walked stack (<c>DEBUG_STACK_FRAME_EX</c>, 136 bytes).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct EngineStackFrame
{
    /// <summary>Address the frame executes or returns to.</summary>
    public ulong InstructionOffset;

    /// <summary>Where it returns to.</summary>
    public ulong ReturnOffset;

    /// <summary>Frame pointer.</summary>
    public ulong FrameOffset;

    /// <summary>Stack pointer (Child-SP).</summary>
    public ulong StackOffset;

    /// <summary>The engine's unwind information.</summary>
    public ulong FunctionTableEntry;

    /// <summary>The first four words that may be arguments.</summary>
    public Words4 Parameters;

    private Words6 _reserved;

    /// <summary>Not zero when the frame's own context was unwound.</summary>
    public int Virtual;

    /// <summary>Number of the frame, 0 for the innermost.</summary>
    public uint FrameNumber;

    /// <summary>Says which inlined function of the address is meant.</summary>
    public uint InlineFrameContext;

    /// <summary>Machine type of the frame's code (<c>IMAGE_FILE_MACHINE_*</c>).</summary>
    public uint FrameMachine;

    /// <summary>Four 64-bit words.</summary>
    [InlineArray(4)]
    public struct Words4
    {
        private ulong _first;
    }

    [InlineArray(6)]
    private struct Words6
    {
        private ulong _first;
    }
}
