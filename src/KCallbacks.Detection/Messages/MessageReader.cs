using System.Collections.Concurrent;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Messages;

/// <summary>
/// Reads the window message out of a callback's input data. Only the routines whose arguments are known are read:
/// the input of the others starts with other structures.
/// </summary>
internal sealed class MessageReader(IProcessView process)
{
    private readonly ConcurrentDictionary<ulong, string?> _procedures = new();

    /// <summary>The message; null when the routine is not known to deliver one, or its input is not readable.</summary>
    /// <param name="thread">The thread whose stack holds the frame.</param>
    /// <param name="frame">The callback's frame.</param>
    /// <param name="routine"><c>module!function</c> of the routine; on x86 only frames can name it.</param>
    public WindowMessage? Read(ThreadStack thread, CallbackFrame frame, string? routine)
    {
        if (frame.IsCut || !DeliversMessage(routine))
            return null;
        var stack = new StackBytes(thread, process);
        if (FormOf(stack, frame) is not { } form)
            return null;

        bool isRead = stack.TryReadUInt32(frame.InputBuffer + form.Message, out uint number)
            & TryReadPointer(stack, frame.InputBuffer + form.WParam, form, out ulong wParam)
            & TryReadPointer(stack, frame.InputBuffer + form.LParam, form, out ulong lParam)
            & TryReadPointer(stack, frame.InputBuffer + form.WindowProcedure, form, out ulong procedure);
        return isRead ? new WindowMessage(number, MessageNames.Of(number), wParam, lParam, procedure, _procedures.GetOrAdd(procedure, NameOf)) : null;
    }

    private static bool DeliversMessage(string? routine)
    {
        if (routine is null)
            return false;
        FunctionName name = FunctionName.Of(routine.AsSpan(routine.IndexOf('!', StringComparison.Ordinal) + 1));
        return name.Is("User32CallWindowProc") || name.Is("fnDWORD") || name.Is("fnNCDESTROY") || name.Is("whcbfnDWORD") || name.Is("whcbfnNCDESTROY");
    }

    private static MessageArguments? FormOf(in StackBytes stack, CallbackFrame frame) => frame.Layout switch
    {
        CallbackLayout.X64 when frame.InputLength >= MessageArguments.X64.Length => MessageArguments.X64,
        CallbackLayout.WineX64 when frame.InputLength >= MessageArguments.Wine.Length => MessageArguments.Wine,
        CallbackLayout.X86Xp or CallbackLayout.X86Vista or CallbackLayout.X86Windows10 => FormOfX86(stack, frame),
        _ => null,
    };

    /// <summary>
    /// The length tells the two forms apart. 8.1 writes 0 there; then the upper half of WoW64's pwnd does, which is 0 where
    /// native Windows has the message number.
    /// </summary>
    private static MessageArguments? FormOfX86(in StackBytes stack, CallbackFrame frame)
    {
        if (frame.InputLength >= MessageArguments.Wow64.Length)
            return MessageArguments.Wow64;
        if (frame.InputLength == MessageArguments.X86.Length)
            return MessageArguments.X86;
        if (frame.Layout != CallbackLayout.X86Vista || frame.InputLength != 0)
            return null;
        if (!stack.TryReadUInt32(frame.InputBuffer + MessageArguments.X86.Message, out uint word))
            return null;
        return word == 0 ? MessageArguments.Wow64 : MessageArguments.X86;
    }

    private static bool TryReadPointer(in StackBytes stack, ulong address, MessageArguments form, out ulong value)
    {
        if (form.PointerSize == sizeof(ulong))
            return stack.TryReadUInt64(address, out value);
        bool isRead = stack.TryReadUInt32(address, out uint narrow);
        value = narrow;
        return isRead;
    }

    /// <summary>A procedure is the start of a function; an address behind one has another name, which nobody told.</summary>
    private string? NameOf(ulong procedure) =>
        procedure != 0 && process.FindSymbol(procedure) is { Function: { } function, Displacement: 0 } symbol ? $"{symbol.Module}!{function}" : null;
}
