using KCallbacks.Detection.Windows;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The first words of an x86 frame's input. The call to the routine overwrites the API number, so that they and what the routine passes on of
/// them tell which routine it is. Order as read from live frames of 8.1 to 10 19045 (WoW64) and of XP SP3 (native).
/// </summary>
/// <remarks>
/// <code>
/// message, WoW64    pwnd, 0, message, wParam, lParam or a structure, window procedure, its thunk
/// message, native   pwnd, message, wParam, lParam or a structure, window procedure, its thunk
/// hook              kind of hook and code, wParam, hook procedure, its thunk, a structure
/// </code>
/// </remarks>
internal readonly ref struct X86Input
{
    private const int WordCount = 6;

    private readonly ReadOnlySpan<uint> _words;
    private readonly uint _length;

    private X86Input(ReadOnlySpan<uint> words, uint length)
    {
        _words = words;
        _length = length;
    }

    private bool IsMessage => !_words.IsEmpty && _words[0] >= AddressSpace.LowestMapped && !IsHook && _words[_words[1] == 0 ? 2 : 1] <= CallbackLimits.Message;

    private bool IsWow64Message => IsMessage && _words[1] == 0;

    private bool IsHook => !_words.IsEmpty && RoutinesByInput.IsHookKind(HookKind) && _words[2] >= AddressSpace.LowestMapped;

    private uint HookKind => _words[0] >> 16;

    /// <summary>Whether the routine passes on all of its input, so that a call with other arguments is not its own.</summary>
    public bool IsAlwaysPassedOn => IsWow64Message && RoutinesByInput.IsPassedOnWhole(_words[2], _length);

    /// <summary>Reads the input of a frame; one whose words are not all readable says nothing.</summary>
    public static X86Input Of(in StackBytes stack, CallbackFrame frame)
    {
        uint[] words = new uint[WordCount];
        for (int i = 0; i < words.Length; i++)
        {
            if (!stack.TryReadUInt32(frame.InputBuffer + ((ulong)i * sizeof(uint)), out words[i]))
                return default;
        }

        return new X86Input(words, frame.InputLength);
    }

    /// <summary>What of the input the words at an address are, as the arguments of a call.</summary>
    public X86PassedOn PassedOn(in StackBytes stack, ulong arguments)
    {
        if (IsWow64Message && IsEqual(stack, arguments, 0, 4))
            return IsEqual(stack, arguments, 4, 2) ? X86PassedOn.WholeMessage : X86PassedOn.Message;
        if (IsMessage && IsEqual(stack, arguments, 0, 3))
            return IsEqual(stack, arguments, 3, 2) ? X86PassedOn.WholeMessage : X86PassedOn.Message;
        return IsHook && IsEqual(stack, arguments, 0, 2) ? X86PassedOn.Hook : X86PassedOn.Nothing;
    }

    /// <summary>The routine, without underscores; null when its input does not tell.</summary>
    /// <param name="passedOn">What it passed on.</param>
    public string? Routine(X86PassedOn passedOn)
    {
        if (passedOn == X86PassedOn.WholeMessage)
            return RoutinesByInput.OfWholeMessage(IsWow64Message ? _words[2] : _words[1]);
        if (IsHook)
            return RoutinesByInput.OfHook(HookKind, _length);
        return IsWow64Message ? RoutinesByInput.OfMessage(_words[2], _length) : null;
    }

    private bool IsEqual(in StackBytes stack, ulong arguments, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (!stack.TryReadUInt32(arguments + ((ulong)i * sizeof(uint)), out uint argument) || argument != _words[i])
                return false;
        }

        return true;
    }
}
