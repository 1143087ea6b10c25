namespace KCallbacks.Tool.Inputs;

/// <summary>What the user says the input is.</summary>
internal enum InputFormat
{
    /// <summary>Recognised by content.</summary>
    Auto,

    /// <summary>Stacks as a debugger, profiler or crash reporter prints them.</summary>
    Text,

    /// <summary>A recording made by <c>!kcallbacks -record</c>.</summary>
    Recording,

    /// <summary>A minidump.</summary>
    Dump,
}
