namespace KCallbacks.Detection.Managed;

/// <summary>What a .NET runtime tells of its objects, whoever asks it. What lies in memory never makes it throw.</summary>
public interface IManagedObjects
{
    /// <summary>The object at an address; null when none begins there.</summary>
    ManagedObject? At(ulong address);

    /// <summary>System id of the thread of which the runtime keeps a record at an address; null when it is none that still runs.</summary>
    uint? ThreadAt(ulong record);

    /// <summary>Address of the <c>Thread</c> object of a thread; null when it has none, or it cannot be told.</summary>
    /// <param name="systemId">System id of the thread.</param>
    ulong? ThreadObjectOf(uint systemId);
}
