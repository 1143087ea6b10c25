using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Messages;

/// <summary>Finds the form of a callback's input data by its routine's name, and holds it against what the data must contain.</summary>
internal sealed class InputOpener(IProcessView process)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<InputForm>> _forms = new();

    private readonly ImmutableArray<Module> _thunkModules = process.Modules.IsDefault
        ? []
        : [.. process.Modules.Where(module => ModuleName.Recognise(module.Name) is SystemModule.User32 or SystemModule.Ntdll)];

    /// <summary>Opens the input data; false when the routine's input is not known, or the data contradicts it.</summary>
    /// <param name="stack">The stack that holds the frame.</param>
    /// <param name="frame">The callback's frame.</param>
    /// <param name="routine"><c>module!function</c> of the routine.</param>
    /// <param name="data">The data.</param>
    public bool TryOpen(in StackBytes stack, CallbackFrame frame, string? routine, out InputData data)
    {
        data = default;
        if (frame.IsCut || routine is null)
            return false;
        ImmutableArray<InputForm> forms = _forms.GetOrAdd(routine, static name => CallbackInputs.Of(PlainName(name)));
        foreach (InputForm form in forms)
        {
            if (LayoutOf(stack, frame, form) is not { } layout)
                continue;
            data = new InputData(stack, frame.InputBuffer, layout);
            bool isSeen = layout.Model == InputModel.Bits64 ? frame.Layout != CallbackLayout.Arm64 && forms.Length == 1 : form.IsSeenIn32Bit;
            if (Holds(data, isSeen))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> PlainName(string routine)
    {
        const string wow64 = "whcb";
        ReadOnlySpan<char> word = FunctionName.Of(routine.AsSpan(routine.IndexOf('!', StringComparison.Ordinal) + 1)).Word;
        return word.StartsWith(wow64) ? word[wow64.Length..] : word;
    }

    private static InputLayout? LayoutOf(in StackBytes stack, CallbackFrame frame, InputForm form)
    {
        if (frame.Layout is CallbackLayout.X86Xp or CallbackLayout.X86Vista or CallbackLayout.X86Windows10)
            return LayoutOf32(stack, frame, form);
        return form.In(InputModel.Bits64) is { } layout && frame.InputLength >= layout.Needed ? layout : null;
    }

    /// <summary>
    /// The length tells WoW64's form from that of 32-bit Windows. 8.1 writes 0 there; then the upper half of WoW64's pointer to the
    /// window does, which is 0 where 32-bit Windows has the message number.
    /// </summary>
    private static InputLayout? LayoutOf32(in StackBytes stack, CallbackFrame frame, InputForm form)
    {
        InputLayout? wow64 = form.In(InputModel.Wow64);
        InputLayout? native = form.In(InputModel.Bits32);
        if (frame.InputLength == 0 && frame.Layout == CallbackLayout.X86Vista)
            return stack.TryReadUInt32(frame.InputBuffer + sizeof(uint), out uint word) && word != 0 ? native : wow64;
        if (wow64 is not null && (frame.InputLength == wow64.PaddedLength || (form.IsSeenIn32Bit && frame.InputLength >= wow64.Length)))
            return wow64;
        return native is not null && (frame.InputLength == native.PaddedLength || (form.IsCaptured && frame.InputLength >= native.Needed)) ? native : null;
    }

    /// <summary>Whether the data can be that of the routine.</summary>
    /// <param name="data">The data.</param>
    /// <param name="isSeen">Whether live data of this form was seen; else its thunk must prove it.</param>
    private bool Holds(in InputData data, bool isSeen)
    {
        if (data.Pointer(InputRole.Procedure) is not { } procedure || procedure is > 0 and < AddressSpace.LowestMapped)
            return false;
        if (data.Has(InputRole.Message) && data.Number(InputRole.Message) is null or > CallbackLimits.Message)
            return false;
        if (data.Pointer(InputRole.Thunk) is not { } thunk)
            return isSeen && !data.Has(InputRole.Thunk);
        return IsThunk(thunk) || (isSeen && !IsInModule(thunk));
    }

    private bool IsThunk(ulong address) => IsIn(_thunkModules, address);

    private bool IsInModule(ulong address) => IsIn(process.Modules, address);

    private static bool IsIn(ImmutableArray<Module> modules, ulong address)
    {
        foreach (Module module in modules)
        {
            if (module.Contains(address))
                return true;
        }

        return false;
    }
}
