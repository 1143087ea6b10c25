using System.Collections.Concurrent;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.SystemCalls;

/// <summary>
/// Tells in which system call code stands: by the stub's own name, else by the number in its code. A dump without images holds 256
/// bytes of code around each thread's instruction pointer.
/// </summary>
internal sealed class SystemCallReader(IProcessView process)
{
    /// <summary>By the place alone: code of two processors does not lie at one address.</summary>
    private readonly ConcurrentDictionary<ulong, SystemCall?> _known = new();

    /// <summary>The call in which a thread stands; null when it stands in none, or nothing shows it.</summary>
    /// <param name="stack">The thread.</param>
    /// <param name="architecture">The processor whose code it runs.</param>
    public SystemCall? In(ThreadStack stack, Architecture architecture) => stack.InstructionPointer == 0 ? null : At(
        architecture == Architecture.X86 && IsFastCall(stack.InstructionPointer) ? CallerOfFastCall(stack) : stack.InstructionPointer, architecture);

    /// <summary>The call after whose system call instruction an address lies; null when it lies after none, or nothing shows it.</summary>
    /// <param name="address">Where the system call returns to; on 32-bit Windows, where <c>KiFastSystemCall</c> does.</param>
    /// <param name="architecture">The processor whose code it is.</param>
    public SystemCall? At(ulong address, Architecture architecture) =>
        address < StubCode.Longest ? null : _known.GetOrAdd(address, static (place, reader) => reader.Of.Read(place, reader.Architecture), (Of: this, Architecture: architecture));

    /// <summary>Whether 32-bit Windows' stubs share the code that a thread stands in, so that the stub is its caller.</summary>
    public bool IsFastCall(ulong address)
    {
        Span<byte> code = stackalloc byte[sizeof(uint)];
        return address > sizeof(uint) && process.TryRead(address - sizeof(uint), code) && StubCode.IsFastCall(code);
    }

    private ulong CallerOfFastCall(ThreadStack stack) =>
        new StackBytes(stack, process).TryReadUInt32(stack.StackPointer, out uint caller) ? caller : 0;

    private SystemCall? Read(ulong address, Architecture architecture)
    {
        StubCode? code = CodeBefore(address, architecture);
        string? name = code is { } stub ? NameOf(address - stub.Size, stub) : NameAt(address, SystemCallStub.Reach);
        return name is null && code is null ? null : new SystemCall(name, code);
    }

    private StubCode? CodeBefore(ulong address, Architecture architecture)
    {
        Span<byte> code = stackalloc byte[StubCode.Longest];
        if (architecture == Architecture.Arm64)
            return process.TryRead(address - sizeof(uint), code[..(2 * sizeof(uint))]) ? StubCode.ReadArm64(code) : null;
        if (!process.TryRead(address - StubCode.Longest, code))
            return null;
        return architecture switch
        {
            Architecture.X64 => StubCode.ReadX64(code),
            Architecture.X86 => StubCode.ReadWow64(code) ?? StubCode.ReadX86(code),
            _ => null,
        };
    }

    /// <summary>Stubs that are not exported, as the window manager's before Windows 10, bear the name of an export before them: their number tells.</summary>
    private string? NameOf(ulong stub, StubCode code) => NameAt(stub, reach: 0) ?? NameByNumber(stub, code);

    private string? NameByNumber(ulong stub, StubCode code)
    {
        if (process.IsWine || code.Form is StubForm.X86 or StubForm.Arm64 || IsOfWine(stub + code.Size))
            return null;
        if (SystemServices.NameOf(code.Number, process.WindowsBuild, code.IsWindows10) is not { } service)
            return null;
        string module = process.FindSymbol(stub)?.Module ?? SystemServices.ModuleOf(code.Number);
        return $"{module}!Nt{service}";
    }

    /// <summary>A dump without images may be one of Wine, which nothing but its code tells.</summary>
    private bool IsOfWine(ulong afterCall)
    {
        Span<byte> code = stackalloc byte[StubCode.WineTail];
        return process.TryRead(afterCall, code) && StubCode.IsWine(code);
    }

    private string? NameAt(ulong address, ulong reach) =>
        process.FindSymbol(address) is { Function: { } function } symbol && symbol.Displacement <= reach && FunctionName.Of(function).IsSystemService
            ? $"{ModuleName.Plain(symbol.Module)}!Nt{FunctionName.Of(function).Word[2..]}"
            : null;
}
