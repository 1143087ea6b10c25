using KCallbacks.DbgEng;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Extension.Intervals;

namespace KCallbacks.Extension.DataModel;

/// <summary>A list of calls that the user hands over, as <c>TTD.Calls(...)</c> makes them.</summary>
/// <param name="list">The list.</param>
/// <param name="ofReturns">Whether its calls end callbacks.</param>
internal sealed class CallList(ModelObject list, bool ofReturns)
{
    private readonly string _name = ofReturns ? "returns" : "begins";

    /// <summary>Reads the calls.</summary>
    /// <param name="calls">They are added to these.</param>
    /// <param name="monitor">Stops it.</param>
    /// <exception cref="ModelErrorException">It is no list of calls, or the user stopped it.</exception>
    public void Read(List<TraceCall> calls, InterruptMonitor monitor)
    {
        using ObjectIterator iterator = list.TryIterate() ?? throw Wrong($"The {_name} are no list.");
        for (int index = 0; iterator.Next() is { } item; index++)
        {
            using (item)
                calls.Add(Read(item, index));
            if (monitor.IsCancelled)
                throw new ModelErrorException(HResult.Aborted, $"Stopped after {index + 1} {_name}.");
        }
    }

    private TraceCall Read(ModelObject item, int index)
    {
        using ModelObject time = item.FindKeyValue("TimeStart") ?? throw Lacking(index, "TimeStart");
        ulong? number = time.TryGetNumber(out ulong plain).Succeeded ? plain : null;
        return new TraceCall
        {
            IsReturn = ofReturns,
            ThreadId = NumberOf(item, "ThreadId") ?? throw Lacking(index, "ThreadId"),
            UniqueThreadId = NumberOf(item, "UniqueThreadId"),
            Sequence = number ?? NumberOf(time, "Sequence") ?? throw Lacking(index, "TimeStart that is a number or has a Sequence"),
            Steps = number is null ? NumberOf(time, "Steps") ?? 0 : null,
            Function = TextOf(item, "Function"),
        };
    }

    private static ulong? NumberOf(ModelObject instance, string key)
    {
        using ModelObject? value = instance.FindKeyValue(key);
        return value is not null && value.TryGetNumber(out ulong number).Succeeded ? number : null;
    }

    private static string TextOf(ModelObject instance, string key)
    {
        using ModelObject? value = instance.FindKeyValue(key);
        return value is not null && value.TryGetText(out string text).Succeeded ? text : "";
    }

    private ModelErrorException Lacking(int index, string what) => Wrong($"Item {index} of the {_name} has no {what}.");

    private static ModelErrorException Wrong(string message) => new(HResult.InvalidArgument, message);
}
