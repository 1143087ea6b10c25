using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Signatures;

/// <summary>
/// What a thread waits for, in words so coarse that every capture of a hang gives the same one: who waits for whom tells most, then the
/// shapes of the frames, then the system call.
/// </summary>
internal static class WaitClass
{
    /// <summary>The answer to a message that was sent to another thread.</summary>
    public const string Message = "send-message";

    /// <summary>The answer of another apartment or process. Without symbols COM, RPC and ports look alike.</summary>
    public const string Call = "call";

    private const string Lock = "lock";
    private const string LoaderLock = "loader-lock";
    private const string Object = "object";
    private const string Pump = "pump";
    private const string OfGraphics = "Gdi";

    /// <summary>The word; <c>?</c> where what is known fits several.</summary>
    public static string Of(HangThread thread)
    {
        if (thread.Activity == ThreadActivity.Returning)
            return "return";
        WaitKind? kind = thread.Waits is { Waits: [var wait, ..] } ? wait.Kind : null;
        return OfKind(kind) ?? OfShapes(thread.Finding) ?? OfObject(kind, thread) ?? OfActivity(thread);
    }

    /// <summary>Kinds that say what a thread waits for, however that is carried out.</summary>
    private static string? OfKind(WaitKind? kind) => kind switch
    {
        WaitKind.LoaderLock => LoaderLock,
        WaitKind.CriticalSection or WaitKind.SlimLock or WaitKind.Monitor or WaitKind.ReaderWriterLock or WaitKind.Resource or WaitKind.FastMutex => Lock,
        WaitKind.WindowMessage => Message,
        WaitKind.Call => Call,
        WaitKind.Task or WaitKind.Invocation => Object,
        WaitKind.Sleep => "sleep",
        WaitKind.InputOutput => "io",
        WaitKind.Work => "work",
        _ => null,
    };

    private static string? OfShapes(ThreadFinding finding)
    {
        foreach (HangShape shape in finding.Shapes)
        {
            switch (shape.Id)
            {
                case ShapeRules.LoaderLockId:
                    return LoaderLock;
                case ShapeRules.LockId:
                    return Lock;
                case ShapeRules.ComCallId or ShapeRules.RpcCallId:
                    return Call;
            }
        }

        return null;
    }

    /// <summary>
    /// Locks and calls are carried out by events and waits by address, too: only who sees the frames between, or the object with its owner, knows that the object is all.
    /// Of a mutex no more is said than of other objects, because without the table of handles it looks like them.
    /// </summary>
    private static string? OfObject(WaitKind? kind, HangThread thread) => kind switch
    {
        WaitKind.Event or WaitKind.Semaphore or WaitKind.Mutex or WaitKind.Thread or WaitKind.Process or WaitKind.Timer or WaitKind.KernelObject or WaitKind.ConditionVariable =>
            IsSure(thread) ? Object : HangSignature.Unknown,
        WaitKind.Address when thread.Waits!.Waits[0] is { Object.Address: not null } => IsSure(thread) ? Lock : HangSignature.Unknown,
        WaitKind.Address or WaitKind.KeyedEvent or WaitKind.Unknown => HangSignature.Unknown,
        WaitKind.Input => ServiceOf(thread) == BlockingService.ObjectsOrMessages ? HangSignature.Unknown : Pump,
        _ => null,
    };

    private static bool IsSure(HangThread thread) => thread.Waits!.Waits[0].Proof == WaitProof.Certain || HandlerModule.IsWalked(thread.Finding);

    private static string OfActivity(HangThread thread)
    {
        if (thread.StandsIn is { } place && NameOf(place) is { IsGraphicalService: true } name)
            return name.Word[2..].StartsWith(OfGraphics) ? "graphics" : HangSignature.Unknown;
        return thread.Activity switch
        {
            ThreadActivity.Runs => "running",
            ThreadActivity.Sleeps => "sleep",
            _ => HangSignature.Unknown,
        };
    }

    private static BlockingService ServiceOf(HangThread thread) =>
        thread.StandsIn is { } place && NameOf(place) is { Word.Length: > 2 } name
            ? name.IsSystemService ? BlockingServices.KindOf(name.Word[2..]) : BlockingServices.OfFunction(name.Word)
            : BlockingService.None;

    private static FunctionName NameOf(string place) => FunctionName.Of(place.AsSpan(place.LastIndexOf('!') + 1));
}
