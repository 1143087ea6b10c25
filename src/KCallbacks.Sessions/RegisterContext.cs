using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions;

/// <summary>A CONTEXT of <c>winnt.h</c>, aligned as the engine needs it.</summary>
internal sealed unsafe class RegisterContext : IDisposable
{
    /// <summary>What the engine wants CONTEXT structures aligned to, in bytes.</summary>
    public const uint Alignment = 16;

    private byte* _bytes;

    /// <summary>Makes an empty context.</summary>
    public RegisterContext(CpuLayout machine)
    {
        Machine = machine;
        _bytes = (byte*)NativeMemory.AlignedAlloc((nuint)machine.ContextSize, Alignment);
        NativeMemory.Clear(_bytes, (nuint)machine.ContextSize);
    }

    /// <summary>The machine it belongs to.</summary>
    public CpuLayout Machine { get; }

    /// <summary>Size in bytes.</summary>
    public uint Size => (uint)Machine.ContextSize;

    /// <summary>Its bytes.</summary>
    public void* Bytes => _bytes;

    /// <summary>Its bytes.</summary>
    public Span<byte> Span => new(_bytes, (int)Size);

    /// <summary>Instruction pointer.</summary>
    public ulong InstructionPointer
    {
        get => Read(Machine.InstructionPointerOffset);
        set => Write(Machine.InstructionPointerOffset, value);
    }

    /// <summary>Stack pointer.</summary>
    public ulong StackPointer
    {
        get => Read(Machine.StackPointerOffset);
        set => Write(Machine.StackPointerOffset, value);
    }

    /// <summary>EBP of x86; 0 on other machines.</summary>
    public ulong FramePointer => Machine.FramePointerOffset is { } offset ? Read(offset) : 0;

    /// <summary>Sets the link register of ARM64; other machines have none.</summary>
    public void SetLinkRegister(ulong address)
    {
        if (Machine.LinkRegisterOffset is { } offset)
            Write(offset, address);
    }

    /// <summary>The registers that x64 functions preserve; null on other machines.</summary>
    public X64Registers? PreservedRegisters => Machine == CpuLayout.X64 ? X64Context.PreservedOf(Span) : null;

    /// <summary>What it holds of a system call; null on machines other than x64.</summary>
    public X64CallRegisters? CallRegisters => Machine == CpuLayout.X64 ? X64Context.CallOf(Span) : null;

    /// <summary>Sets the registers that x64 functions preserve.</summary>
    /// <param name="registers">Their values; null leaves all at zero.</param>
    public void SetPreservedRegisters(X64Registers? registers)
    {
        if (registers is { } known)
            X64Context.Write(known, Span);
    }

    /// <summary>Takes over all registers of a context of the same machine.</summary>
    public void CopyFrom(ReadOnlySpan<byte> context) => context[..(int)Size].CopyTo(Span);

    /// <inheritdoc cref="CopyFrom(ReadOnlySpan{byte})"/>
    public void CopyFrom(void* context) => NativeMemory.Copy(context, _bytes, Size);

    /// <summary>Frees the bytes.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_bytes);
        _bytes = null;
    }

    private ulong Read(int offset) => Machine.PointerSize == sizeof(uint)
        ? Unsafe.ReadUnaligned<uint>(_bytes + offset)
        : Unsafe.ReadUnaligned<ulong>(_bytes + offset);

    private void Write(int offset, ulong value)
    {
        if (Machine.PointerSize == sizeof(uint))
            Unsafe.WriteUnaligned(_bytes + offset, (uint)value);
        else
            Unsafe.WriteUnaligned(_bytes + offset, value);
    }
}
