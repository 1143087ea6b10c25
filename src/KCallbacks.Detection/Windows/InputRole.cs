namespace KCallbacks.Detection.Windows;

/// <summary>What a field of a callback's input data is for.</summary>
internal enum InputRole
{
    /// <summary>Nothing that is read.</summary>
    Other,

    /// <summary>Number of the window message.</summary>
    Message,

    /// <summary>First parameter.</summary>
    WParam,

    /// <summary>Second parameter, as a value.</summary>
    LParam,

    /// <summary>A structure, whose address is the second parameter.</summary>
    Structure,

    /// <summary>Whether the structure is there; where it is not, the second parameter is 0.</summary>
    HasStructure,

    /// <summary>The procedure that the routine calls.</summary>
    Procedure,

    /// <summary>The function of user32 or ntdll through which it calls it.</summary>
    Thunk,

    /// <summary>Type of the hook in the upper 16 bits, its code in the lower ones.</summary>
    HookCode,

    /// <summary>The event hook of a WinEvent.</summary>
    EventHook,

    /// <summary>The WinEvent.</summary>
    Event,

    /// <summary>The window that a WinEvent is about.</summary>
    EventWindow,

    /// <summary>Which object of the window.</summary>
    ObjectId,

    /// <summary>Which part of the object.</summary>
    ChildId,

    /// <summary>The thread that caused the WinEvent.</summary>
    EventThread,

    /// <summary>A display monitor.</summary>
    Monitor,

    /// <summary>Its device context.</summary>
    DeviceContext,

    /// <summary>Its rectangle.</summary>
    Rectangle,

    /// <summary>The value that the program gave to the enumeration.</summary>
    Data,
}
