using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Messages;

/// <summary>Reads what the input data of a callback holds for a hook, WinEvent or enumeration procedure.</summary>
internal static class DeliveryReader
{
    private const int HookTypeShift = 16;

    /// <summary>The delivery; null when the data is none for such a procedure.</summary>
    public static Delivery? Read(in InputData data, ProcedureNames procedures)
    {
        if (data.Has(InputRole.HookCode))
            return OfHook(data, procedures);
        if (data.Has(InputRole.Event))
            return OfEvent(data, procedures);
        return data.Has(InputRole.Monitor) ? OfMonitor(data, procedures) : null;
    }

    private static Delivery? OfHook(in InputData data, ProcedureNames procedures)
    {
        if (data.Number(InputRole.HookCode) is not { } word)
            return null;
        int type = (int)word >> HookTypeShift;
        int code = (short)word;
        if (HookNames.OfType(type) is not { } name)
            return null;

        var values = new DeliveredValues();
        values.Add("code", word & ushort.MaxValue);
        values.Add("wParam", data.Pointer(InputRole.WParam));
        values.Add("lParam", data.SecondParameter());
        string text = $"{name} {PurposeOf(data, type, code)}";
        AddDetails(data, type, values);
        return Of(data, procedures, DeliveryKind.Hook, text, values);
    }

    /// <summary>The message or key of hooks for these; what the code says of all others.</summary>
    private static string PurposeOf(in InputData data, int type, int code) => type switch
    {
        HookNames.LowLevelKeyboard or HookNames.LowLevelMouse or HookNames.Mouse when data.Pointer(InputRole.WParam) is { } message and <= uint.MaxValue =>
            MessageText((uint)message),
        HookNames.GetMessage when MessageOf(data) is { } message => MessageText(message),
        HookNames.MessageFilter or HookNames.SystemMessageFilter when MessageOf(data) is { } message =>
            $"{HookNames.OfCode(type, code)} {MessageText(message)}",
        HookNames.Keyboard when data.Pointer(InputRole.WParam) is { } key => string.Create(CultureInfo.InvariantCulture, $"key 0x{key:x}"),
        _ => HookNames.OfCode(type, code),
    };

    /// <summary>Number of the message in the MSG that a hook gets.</summary>
    private static uint? MessageOf(in InputData data) => data.NumberIn(InputRole.Structure, data.PointerSize);

    private static string MessageText(uint number) => MessageNames.Of(number) ?? string.Create(CultureInfo.InvariantCulture, $"message 0x{number:x}");

    /// <summary>Fields of KBDLLHOOKSTRUCT and MSLLHOOKSTRUCT (winuser.h).</summary>
    private static void AddDetails(in InputData data, int type, in DeliveredValues values)
    {
        if (type == HookNames.LowLevelKeyboard)
        {
            values.Add("vkCode", data.NumberIn(InputRole.Structure, 0x0));
            values.Add("scanCode", data.NumberIn(InputRole.Structure, 0x4));
            values.Add("flags", data.NumberIn(InputRole.Structure, 0x8));
        }
        else if (type == HookNames.LowLevelMouse)
        {
            values.Add("x", data.NumberIn(InputRole.Structure, 0x0));
            values.Add("y", data.NumberIn(InputRole.Structure, 0x4));
            values.Add("mouseData", data.NumberIn(InputRole.Structure, 0x8));
            values.Add("flags", data.NumberIn(InputRole.Structure, 0xc));
        }
    }

    private static Delivery? OfEvent(in InputData data, ProcedureNames procedures)
    {
        if (data.Number(InputRole.Event) is not { } number || number > WinEventNames.Largest)
            return null;
        var values = new DeliveredValues();
        values.Add("hook", data.Pointer(InputRole.EventHook));
        values.Add("event", number);
        values.Add("hwnd", data.Pointer(InputRole.EventWindow));
        values.Add("idObject", data.Number(InputRole.ObjectId));
        values.Add("idChild", data.Number(InputRole.ChildId));
        values.Add("idEventThread", data.Number(InputRole.EventThread));
        return Of(data, procedures, DeliveryKind.WinEvent, WinEventNames.Of(number), values);
    }

    private static Delivery? OfMonitor(in InputData data, ProcedureNames procedures)
    {
        if (data.Pointer(InputRole.Monitor) is not { } monitor)
            return null;
        var values = new DeliveredValues();
        values.Add("hMonitor", monitor);
        values.Add("hdc", data.Pointer(InputRole.DeviceContext));
        values.Add("left", data.NumberIn(InputRole.Rectangle, 0x0));
        values.Add("top", data.NumberIn(InputRole.Rectangle, 0x4));
        values.Add("right", data.NumberIn(InputRole.Rectangle, 0x8));
        values.Add("bottom", data.NumberIn(InputRole.Rectangle, 0xc));
        values.Add("dwData", data.Pointer(InputRole.Data));
        return Of(data, procedures, DeliveryKind.MonitorEnumeration, string.Create(CultureInfo.InvariantCulture, $"monitor 0x{monitor:x}"), values);
    }

    private static Delivery Of(in InputData data, ProcedureNames procedures, DeliveryKind kind, string text, in DeliveredValues values)
    {
        ulong procedure = data.Pointer(InputRole.Procedure) ?? 0;
        return new Delivery(kind, text, procedure, procedures.Of(procedure), values.ToImmutable());
    }

    /// <summary>Arguments that could be read, in order.</summary>
    private readonly struct DeliveredValues()
    {
        private readonly ImmutableArray<DeliveredValue>.Builder _values = ImmutableArray.CreateBuilder<DeliveredValue>();

        public void Add(string name, ulong? value)
        {
            if (value is { } known)
                _values.Add(new DeliveredValue(name, known));
        }

        public ImmutableArray<DeliveredValue> ToImmutable() => _values.ToImmutable();
    }
}
