namespace KCallbacks.Detection.Memory.X86;

/// <summary>
/// The first words of an x86 frame's input. The call to the routine overwrites the API number, so that they and what the routine passes on of
/// them tell which routine it is. Sizes and order as read from live frames of 8.1 to 10 19045 (WoW64) and of XP SP3 (native).
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

    /// <summary>Below it lies nothing that a pointer to a window could point to.</summary>
    private const uint LowestPointer = 0x1_0000;

    private const uint LengthOfWow64Message = 0x20;
    private const uint LengthOfDrawItem = 0x48;
    private const uint LengthOfKeyboardHook = 0x24;
    private const uint LengthOfMouseHook = 0x28;

    private const uint WmDrawItem = 0x2b;
    private const uint WmStyleChanging = 0x7c;
    private const uint WmStyleChanged = 0x7d;
    private const uint WmNcDestroy = 0x82;
    private const uint WmDestroyClipboard = 0x307;
    private const uint WmDdeFirst = 0x3e0;
    private const uint WmDdeLast = 0x3e8;

    private const uint WhKeyboardLowLevel = 13;
    private const uint WhMouseLowLevel = 14;

    private readonly ReadOnlySpan<uint> _words;
    private readonly uint _length;

    private X86Input(ReadOnlySpan<uint> words, uint length)
    {
        _words = words;
        _length = length;
    }

    private bool IsMessage => !_words.IsEmpty && _words[0] >= LowestPointer && !IsHook;

    private bool IsWow64Message => IsMessage && _words[1] == 0;

    private bool IsHook => !_words.IsEmpty && HookKind is > 0 and <= WhMouseLowLevel && _words[2] >= LowestPointer;

    private uint HookKind => _words[0] >> 16;

    /// <summary>
    /// Whether the routine passes on all of its input, so that a call with other arguments is not its own. Of this length are
    /// <c>fnDWORD</c>, which does, and <c>fnINOUTSTYLECHANGE</c> with its two messages.
    /// </summary>
    public bool IsAlwaysPassedOn => IsWow64Message && _length == LengthOfWow64Message && _words[2] is not (WmStyleChanging or WmStyleChanged);

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
            return RoutineOfMessage(IsWow64Message ? _words[2] : _words[1]);
        if (IsWow64Message && _words[2] == WmDrawItem && _length == LengthOfDrawItem)
            return "fnINLPDRAWITEMSTRUCT";
        return (IsHook ? HookKind : 0, _length) switch
        {
            (WhKeyboardLowLevel, LengthOfKeyboardHook) => "fnHkINLPKBDLLHOOKSTRUCT",
            (WhMouseLowLevel, LengthOfMouseHook) => "fnHkINLPMSLLHOOKSTRUCT",
            _ => null,
        };
    }

    /// <summary>Messages with routines of their own whose input is that of <c>fnDWORD</c>.</summary>
    private static string RoutineOfMessage(uint message) => message switch
    {
        WmNcDestroy => "fnNCDESTROY",
        WmDestroyClipboard => "fnINDESTROYCLIPBRD",
        >= WmDdeFirst and <= WmDdeLast => "fnSENTDDEMSG",
        _ => "fnDWORD",
    };

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
