namespace KCallbacks.Detection.Memory.X86;

/// <summary>What of a frame's input its routine passed on as the arguments of its call.</summary>
internal enum X86PassedOn
{
    /// <summary>Nothing that can be recognised.</summary>
    Nothing,

    /// <summary>Kind and code of a hook, and its first parameter.</summary>
    Hook,

    /// <summary>Window, message and its first parameter.</summary>
    Message,

    /// <summary>The same, the second parameter and the window procedure.</summary>
    WholeMessage,
}
