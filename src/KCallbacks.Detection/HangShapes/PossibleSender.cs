using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Whether a thread that was not walked may be a sender (<see cref="SenderShape"/>), so that its frames matter.</summary>
internal sealed class PossibleSender(IProcessView process, SystemCallReader calls)
{
    private readonly ImmutableArray<Module> _user32 =
        process.Modules.IsDefault ? [] : [.. process.Modules.Where(module => ModuleName.Recognise(module.Name) == SystemModule.User32)];

    private readonly CallInstruction _call = new(process);

    /// <summary>Return addresses into user32 that were met; those of message loops are on most stacks.</summary>
    private readonly ConcurrentDictionary<ulong, bool> _known = new();

    /// <summary>By the system call it stands in; without registers, by the return address that a sending function leaves on the stack.</summary>
    public bool MayBe(ThreadStack stack) =>
        stack.InstructionPointer == 0 ? ReturnsToSender(new StackBytes(stack, process)) : calls.In(stack, process.Architecture)?.Is(BlockingServices.MessageCall) == true;

    private bool ReturnsToSender(in StackBytes stack)
    {
        foreach (Module user32 in _user32)
        {
            if (process.Architecture is Architecture.X86 or Architecture.Arm32 ? ReturnsToSender<uint>(stack, user32) : ReturnsToSender<ulong>(stack, user32))
                return true;
        }

        return false;
    }

    private bool ReturnsToSender<TWord>(in StackBytes stack, Module user32)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        TWord first = TWord.CreateTruncating(user32.Base), last = TWord.CreateTruncating(user32.Base + user32.Size);
        ulong start = stack.Address;
        ReadOnlySpan<TWord> words = stack.WordsFrom<TWord>(ref start);
        for (int i = words.IndexOfAnyInRange(first, last); i >= 0; i = words.IndexOfAnyInRange(first, last))
        {
            if (_known.GetOrAdd(ulong.CreateTruncating(words[i]), IsInSender))
                return true;
            words = words[(i + 1)..];
        }

        return false;
    }

    private bool IsInSender(ulong returnAddress) =>
        _call.MayEndAt(returnAddress) && process.FindSymbol(returnAddress) is { } symbol && SenderShape.IsSending(symbol.Function);
}
