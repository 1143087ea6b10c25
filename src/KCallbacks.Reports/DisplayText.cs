using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports;

/// <summary>The words for the detection engine's values, the same in every output.</summary>
public static class DisplayText
{
    /// <summary><c>at-return</c>, <c>in-callback</c>, <c>none</c> or <c>unknown</c>.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.AtReturn => "at-return",
        Verdict.InCallback => "in-callback",
        Verdict.None => "none",
        _ => "unknown",
    };

    /// <summary><c>DEADLOCK</c>, <c>STUCK</c>, <c>BLOCKED</c>, <c>BUSY</c>, <c>IDLE</c> or <c>UNCLEAR</c>.</summary>
    public static string KeywordOf(HangState state) => state switch
    {
        HangState.Deadlock => "DEADLOCK",
        HangState.Stuck => "STUCK",
        HangState.Blocked => "BLOCKED",
        HangState.Busy => "BUSY",
        HangState.Idle => "IDLE",
        _ => "UNCLEAR",
    };

    /// <summary>The same in lower case, for programs.</summary>
    public static string Of(HangState state) => KeywordOf(state).ToLowerInvariant();

    /// <summary><c>waits</c>, <c>pumps</c>, <c>sleeps</c>, <c>runs</c>, <c>returning</c> or <c>unknown</c>.</summary>
    public static string Of(ThreadActivity activity) => activity switch
    {
        ThreadActivity.Waits => "waits",
        ThreadActivity.Pumps => "pumps",
        ThreadActivity.Sleeps => "sleeps",
        ThreadActivity.Runs => "runs",
        ThreadActivity.Returning => "returning",
        _ => "unknown",
    };

    /// <summary><c>certain</c>, <c>likely</c> or <c>unknown</c>.</summary>
    public static string Of(WaitProof proof) => proof switch
    {
        WaitProof.Certain => "certain",
        WaitProof.Likely => "likely",
        _ => "unknown",
    };

    /// <summary>The name of a message, for example <c>WM_PAINT</c>; its number when it has none.</summary>
    public static string Of(WindowMessage message) => message.Name ?? string.Create(CultureInfo.InvariantCulture, $"0x{message.Number:x}");

    /// <summary>What a callback hands to the program, for example <c>WM_PAINT</c> or <c>WH_KEYBOARD_LL WM_KEYDOWN</c>; empty when not known.</summary>
    public static string OfDelivered(Callback callback) =>
        callback.Message is { } message ? Of(message) : callback.Delivery?.Text ?? "";

    /// <summary>The window procedure of a message by name, else by place in its module, else by address; null when it is not known.</summary>
    public static string? OfProcedure(WindowMessage message) =>
        message.WindowProcedureName ?? message.WindowProcedurePlace ?? (message.WindowProcedure == 0 ? null : OfAddress(message.WindowProcedure));

    /// <summary><c>hook</c>, <c>win-event</c> or <c>monitor-enumeration</c>.</summary>
    public static string Of(DeliveryKind kind) => kind switch
    {
        DeliveryKind.WinEvent => "win-event",
        DeliveryKind.MonitorEnumeration => "monitor-enumeration",
        _ => "hook",
    };

    /// <summary>The procedure of the program that a delivery is for by name, else by address; null when it is not known.</summary>
    public static string? OfProcedure(Delivery delivery) =>
        delivery.ProcedureName ?? (delivery.Procedure == 0 ? null : OfAddress(delivery.Procedure));

    /// <summary><c>method</c>, <c>stub</c> or <c>transition</c>.</summary>
    public static string Of(ManagedFrameKind kind) => kind switch
    {
        ManagedFrameKind.Stub => "stub",
        ManagedFrameKind.Transition => "transition",
        _ => "method",
    };

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public static string Of(Confidence confidence) => confidence switch
    {
        Confidence.High => "high",
        Confidence.Medium => "medium",
        _ => "low",
    };

    /// <summary><c>frames</c>, <c>memory</c>, <c>both</c>, or <c>kernel</c> when only the kernel's structures are witnesses.</summary>
    public static string Of(EvidenceSource evidence) => (evidence & EvidenceSource.Both) switch
    {
        EvidenceSource.Both => "both",
        EvidenceSource.Frames => "frames",
        EvidenceSource.Memory => "memory",
        _ => "kernel",
    };

    /// <summary><c>x86</c>, <c>x64</c>, <c>arm32</c>, <c>arm64</c> or <c>unknown</c>.</summary>
    public static string Of(Architecture architecture) => architecture switch
    {
        Architecture.X86 => "x86",
        Architecture.X64 => "x64",
        Architecture.Arm32 => "arm32",
        Architecture.Arm64 => "arm64",
        _ => "unknown",
    };

    /// <summary><c>text</c>, <c>recording</c>, <c>dump</c> or <c>engine</c>.</summary>
    public static string Of(SourceKind kind) => kind switch
    {
        SourceKind.Recording => "recording",
        SourceKind.Dump => "dump",
        SourceKind.Engine => "engine",
        SourceKind.Unknown => "unknown",
        _ => "text",
    };

    /// <summary><c>user</c> or <c>kernel</c>.</summary>
    public static string Of(SessionKind session) => session == SessionKind.Kernel ? "kernel" : "user";

    /// <summary>Callbacks nested on a thread, for example <c>2</c>, or <c>2+</c> when there may be more.</summary>
    public static string OfDepth(ThreadFinding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Depth}{(finding.DepthIsMinimum ? "+" : "")}");

    /// <summary><c>0x</c> and 16 lower-case digits.</summary>
    public static string OfAddress(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}");
}
