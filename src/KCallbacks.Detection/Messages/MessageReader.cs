using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Messages;

/// <summary>Reads the window message in a callback's input data.</summary>
internal static class MessageReader
{
    /// <summary>The message; null when the data holds none.</summary>
    public static WindowMessage? Read(in InputData data, ProcedureNames procedures)
    {
        if (data.Number(InputRole.Message) is not { } number)
            return null;
        ulong procedure = data.Pointer(InputRole.Procedure) ?? 0;
        return new WindowMessage(
            number, MessageNames.Of(number), data.Pointer(InputRole.WParam), data.SecondParameter(), procedure, procedures.Of(procedure), procedures.PlaceOf(procedure));
    }
}
