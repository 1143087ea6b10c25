using System.Collections.Concurrent;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Messages;

/// <summary>The names of the program's procedures: thousands of messages go to the same few.</summary>
internal sealed class ProcedureNames(IProcessView process)
{
    private readonly ConcurrentDictionary<ulong, string?> _known = new();

    private readonly ConcurrentDictionary<ulong, string?> _places = new();

    /// <summary><c>module!function</c>, or <c>module+0xrva</c> where no function of that name begins; null when it lies in no module.</summary>
    public string? Of(ulong procedure) => procedure == 0 ? null : _known.GetOrAdd(procedure, address => PlaceName.OfFunction(process, address));

    /// <summary>Its <c>module+0xoffset</c>; null when it lies in no module.</summary>
    public string? PlaceOf(ulong procedure) => procedure == 0 ? null : _places.GetOrAdd(procedure, address => PlaceName.InModule(process, address));
}
