using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Locks that are waited for by a system call, or by none, which their own functions tell: those of the kernel and of .NET.</summary>
internal static class OtherLocks
{
    /// <summary>Frames between the wait and the function that enters the lock.</summary>
    private const int Most = 24;

    /// <summary>The waits, with the lock in place of the object that its function waits for.</summary>
    public static ThreadWaits Of(ThreadStack stack, ThreadWaits waits)
    {
        if (KernelLockOf(stack.Frames) is { } kind)
            return waits with { Waits = [kind] };
        return IsEnteringMonitor(stack.Frames)
            ? waits with { Waits = [new Wait { Kind = WaitKind.Monitor, NoOwner = "the text does not name its owner" }] }
            : waits;
    }

    private static Wait? KernelLockOf(ImmutableArray<StackFrame> frames)
    {
        for (int i = 0; i < Math.Min(Most, frames.Length); i++)
        {
            if (ModuleName.Recognise(frames[i].Module) != SystemModule.Kernel)
                return null;
            switch (KernelLocks.OfName(FunctionName.Of(frames[i].Function)))
            {
                case KernelLock.Resource:
                    return new Wait { Kind = WaitKind.Resource, NoOwner = "the text does not name its owner" };
                case KernelLock.FastMutex:
                    return new Wait { Kind = WaitKind.FastMutex, NoOwner = "the text does not name its owner" };
                case KernelLock.PushLock:
                    return new Wait { Kind = WaitKind.KernelObject, State = "a push lock of the kernel", NoOwner = "a push lock does not record by whom it is held" };
                default:
                    continue;
            }
        }

        return null;
    }

    /// <summary>Between the wait and the lock stands nothing but Windows and the runtime.</summary>
    private static bool IsEnteringMonitor(ImmutableArray<StackFrame> frames)
    {
        for (int i = 0; i < Math.Min(Most, frames.Length); i++)
        {
            if (ManagedLocks.IsEntering(frames[i].Function))
                return true;
            if (!MayStandBetween(frames[i]))
                return false;
        }

        return false;
    }

    /// <summary>Frames without a module are managed code, or the runtime's own in brackets.</summary>
    private static bool MayStandBetween(in StackFrame frame) => ModuleName.Recognise(frame.Module) switch
    {
        SystemModule.Other or SystemModule.Glue => ManagedLocks.IsOfRuntime(ModuleName.Plain(frame.Module)),
        SystemModule.Missing => frame.Function is null || frame.Function.StartsWith('['),
        _ => true,
    };
}
