using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Shapes;

/// <summary>Whether a thread that was not walked may be a sender (<see cref="SenderShape"/>), so that its frames matter.</summary>
internal sealed class PossibleSender(IProcessView process)
{
    private readonly ImmutableArray<Module> _user32 =
        process.Modules.IsDefault ? [] : [.. process.Modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.User32)];

    private readonly CallInstruction _call = new(process);

    /// <summary>By the system call it stands in; without registers, by the return address that a sending function leaves on the stack.</summary>
    public bool MayBe(ThreadStack stack) =>
        stack.InstructionPointer == 0 ? stack.Memory is { } memory && ReturnsToSender(memory) : StandsInMessageCall(stack.InstructionPointer);

    private bool StandsInMessageCall(ulong instructionPointer) =>
        process.FindSymbol(instructionPointer) is { } symbol && FunctionName.Of(symbol.Function).IsService(SenderShape.MessageCall);

    private bool ReturnsToSender(StackMemory stack)
    {
        foreach (Module user32 in _user32)
        {
            if (process.Architecture is Architecture.X86 or Architecture.Arm32 ? ReturnsToSender<uint>(stack, user32) : ReturnsToSender<ulong>(stack, user32))
                return true;
        }

        return false;
    }

    private bool ReturnsToSender<TWord>(StackMemory stack, Module user32)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        TWord first = TWord.CreateTruncating(user32.Base), last = TWord.CreateTruncating(user32.Base + user32.Size);
        ReadOnlySpan<TWord> words = WordsOf<TWord>(stack);
        for (int i = words.IndexOfAnyInRange(first, last); i >= 0; i = words.IndexOfAnyInRange(first, last))
        {
            if (IsInSender(ulong.CreateTruncating(words[i])))
                return true;
            words = words[(i + 1)..];
        }

        return false;
    }

    /// <summary>The words of a stack, which lie at multiples of their size wherever its memory begins.</summary>
    private static ReadOnlySpan<TWord> WordsOf<TWord>(StackMemory stack)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        int size = Unsafe.SizeOf<TWord>();
        int skipped = (size - (int)(stack.Address % (ulong)size)) % size;
        return skipped < stack.Bytes.Length ? MemoryMarshal.Cast<byte, TWord>(stack.Bytes.Span[skipped..]) : [];
    }

    private bool IsInSender(ulong returnAddress) =>
        _call.MayEndAt(returnAddress) && process.FindSymbol(returnAddress) is { } symbol && SenderShape.IsSending(symbol.Function);
}
