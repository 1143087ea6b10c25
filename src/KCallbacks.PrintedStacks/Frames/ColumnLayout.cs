namespace KCallbacks.PrintedStacks.Frames;

/// <summary>What the head line above the frames says of their columns.</summary>
internal enum ColumnLayout
{
    /// <summary>No head line was seen.</summary>
    Unknown,

    /// <summary>Child-SP or ChildEBP, then RetAddr.</summary>
    StackPointerFirst,

    /// <summary>RetAddr comes first (<c>kb</c> of newer engines).</summary>
    ReturnAddressFirst,

    /// <summary>Call sites alone (<c>kc</c>), where a bare word is a module without symbols.</summary>
    CallSiteOnly,
}
