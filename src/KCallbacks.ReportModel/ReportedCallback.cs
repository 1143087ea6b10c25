using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>A callback that a thread is inside of.</summary>
public sealed record ReportedCallback
{
    /// <summary><c>module!function</c> that the dispatcher called.</summary>
    public string? Routine { get; init; }

    /// <summary>Its index in the process's table of routines.</summary>
    public int? ApiNumber { get; init; }

    /// <summary><c>module!function</c> of the system call in which the kernel called back.</summary>
    public string? Entry { get; init; }

    /// <summary>The window message that it delivers.</summary>
    public ReportedMessage? Message { get; init; }

    /// <summary>What it hands to a hook, event or enumeration procedure.</summary>
    public ReportedDelivery? Delivery { get; init; }

    /// <summary>Index of the frame that shows it.</summary>
    public int? Frame { get; init; }

    /// <summary>The same in the frames of the 32-bit half.</summary>
    public ReportedCallbackFrame? Wow64 { get; init; }

    /// <summary><c>frames</c>, <c>memory</c>, <c>both</c> or <c>kernel</c>.</summary>
    public string Evidence { get; init; } = "";

    /// <summary><c>module!function</c> of the program's code that it runs.</summary>
    public string? Handler { get; init; }

    /// <summary>Address of its frame on the user stack.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? Address { get; init; }

    /// <summary>How much the evidence carries.</summary>
    public ReportedConfidence Confidence { get; init; }

    /// <summary>Why.</summary>
    public string? ConfidenceReason { get; init; }

    /// <summary>Its number on the thread, counted from outside.</summary>
    public int? Level { get; init; }

    /// <summary><c>message</c>, <c>hook</c>, <c>library-load</c> and others.</summary>
    public string? Purpose { get; init; }

    /// <summary>Whether it is about to return to the kernel.</summary>
    public bool Returning { get; init; }

    /// <summary><c>frames</c>, <c>memory</c>, <c>kernel</c>.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];
}

/// <summary>The frame of the 32-bit half that shows a callback.</summary>
public sealed record ReportedCallbackFrame
{
    /// <summary>Its index.</summary>
    public int Frame { get; init; }
}

/// <summary>A window message.</summary>
public sealed record ReportedMessage
{
    /// <summary>Its number.</summary>
    public long Number { get; init; }

    /// <summary>Its name; null when the number has none.</summary>
    public string? Name { get; init; }

    /// <summary>The first parameter.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? WParam { get; init; }

    /// <summary>The second parameter.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? LParam { get; init; }

    /// <summary>The procedure that gets it.</summary>
    public string? WindowProcedure { get; init; }

    /// <summary>Its address.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? WindowProcedureAddress { get; init; }

    /// <summary>The same as <c>module+0xoffset</c>.</summary>
    public string? WindowProcedurePlace { get; init; }
}

/// <summary>What a hook, event or enumeration procedure is called for.</summary>
public sealed record ReportedDelivery
{
    /// <summary><c>hook</c>, <c>win-event</c> or <c>monitor-enumeration</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>For example <c>WH_KEYBOARD_LL WM_KEYDOWN</c>.</summary>
    public string Text { get; init; } = "";

    /// <summary>The procedure.</summary>
    public string? Procedure { get; init; }

    /// <summary>Its address.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? ProcedureAddress { get; init; }

    /// <summary>Its arguments by the names of their documentation, as they are printed.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
