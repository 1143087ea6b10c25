using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Messages;

/// <summary>
/// Reads what a callback hands to the program out of its input data: a window message, or a delivery to another procedure. Only the
/// input of routines whose form is known is read: that of the others starts with other structures.
/// </summary>
internal sealed class InputReader(IProcessView process)
{
    private readonly InputOpener _inputs = new(process);
    private readonly ProcedureNames _procedures = new(process);

    /// <summary>Reads; both null when the routine's input is not known, not readable, or contradicts the routine.</summary>
    /// <param name="stack">The stack that holds the frame.</param>
    /// <param name="frame">The callback's frame.</param>
    /// <param name="routine"><c>module!function</c> of the routine; on x86 only frames can name it.</param>
    public (WindowMessage? Message, Delivery? Delivery) Read(in StackBytes stack, CallbackFrame frame, string? routine) =>
        _inputs.TryOpen(stack, frame, routine, out InputData data)
            ? (MessageReader.Read(data, _procedures), DeliveryReader.Read(data, _procedures))
            : (null, null);
}
