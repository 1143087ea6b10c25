namespace KCallbacks.Detection.Windows;

/// <summary>How well a name fits the return into <c>ntdll!KiUserCallbackDispatcher</c> after its call of the routine.</summary>
internal enum DispatcherFit : byte
{
    /// <summary>Not the dispatcher.</summary>
    No,

    /// <summary>The dispatcher's name with a displacement that is no known return.</summary>
    OtherDisplacement,

    /// <summary>The dispatcher's name without a displacement.</summary>
    NameOnly,

    /// <summary>The dispatcher's name with the displacement of a known return.</summary>
    ReturnDisplacement,

    /// <summary>The label that only symbol files have, at the return itself.</summary>
    ReturnLabel,
}
