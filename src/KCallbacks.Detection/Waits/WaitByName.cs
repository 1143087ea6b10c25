using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// What a thread waits for by the name of the function in which it stands, where nothing else was looked at: the kind, never the object.
/// </summary>
internal static class WaitByName
{
    private const string NothingElse = "only the name of the call is known";

    /// <summary>The waits; null for a thread that stands in no function that waits, as far as its name tells.</summary>
    /// <param name="finding">The thread.</param>
    /// <param name="place">The function in which it stands; null when not known.</param>
    public static ThreadWaits? Of(ThreadFinding finding, string? place)
    {
        if (place is null)
            return null;
        FunctionName function = FunctionName.Of(place.AsSpan(place.LastIndexOf('!') + 1));
        BlockingService service = function.IsSystemService ? BlockingServices.KindOf(function.Word[2..]) : BlockingServices.OfFunction(function.Word);
        if (service == BlockingService.Message && !finding.Shapes.Any(shape => shape.Id == SenderShape.Id))
            service = BlockingService.None; // default processing uses the same call and does not wait
        return service == BlockingService.None
            ? null
            : new ThreadWaits
            {
                Thread = finding.Thread,
                Waits = [Of(KindOf(service, finding))],
                Mode = service is BlockingService.Objects or BlockingService.ObjectsOrMessages ? WaitMode.NotKnown : WaitMode.All,
                Pumps = service is BlockingService.Input or BlockingService.ObjectsOrMessages,
            };
    }

    private static Wait Of(WaitKind kind) => new()
    {
        Kind = kind,
        NoOwner = kind is WaitKind.Input or WaitKind.Sleep or WaitKind.Work or WaitKind.InputOutput ? null : NothingElse,
    };

    private static WaitKind KindOf(BlockingService service, ThreadFinding finding) => service switch
    {
        BlockingService.Alert => WaitKind.Address,
        BlockingService.KeyedEvent => WaitKind.KeyedEvent,
        BlockingService.Message => WaitKind.WindowMessage,
        BlockingService.Input or BlockingService.ObjectsOrMessages => WaitKind.Input,
        BlockingService.Sleep => WaitKind.Sleep,
        BlockingService.Call or BlockingService.PortOfOldKind => WaitKind.Call,
        BlockingService.InputOutput => WaitKind.InputOutput,
        BlockingService.Work => WaitKind.Work,
        _ when finding.Shapes.Any(shape => shape.Id == ShapeRules.LoaderLockId) => WaitKind.LoaderLock,
        _ => WaitKind.KernelObject,
    };
}
