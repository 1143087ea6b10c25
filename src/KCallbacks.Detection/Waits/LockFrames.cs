using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>The frames of ntdll directly above a blocking system call: whether they are those of a lock, and where on the stack they lie.</summary>
/// <param name="Function">The lock function; the outermost counts, because critical sections wait by address.</param>
/// <param name="End">Where the frames end, with the arguments of the outermost; 0 when not known.</param>
/// <param name="Access">How a slim lock is to be taken; null when the frames do not show it.</param>
internal readonly record struct LockFrames(LockFunction Function, ulong End, LockAccess? Access)
{
    /// <summary>Frames are looked at up to the first that is not ntdll's.</summary>
    private const int Most = 12;

    /// <summary>The home slots of four register arguments on x64; return address and arguments above EBP on x86.</summary>
    private const ulong Arguments = 0x20;

    /// <summary>Reads the frames of a thread.</summary>
    public static LockFrames Of(ThreadStack stack)
    {
        var found = LockFunction.None;
        ulong end = 0;
        LockAccess? access = null;
        for (int i = 0; i < Math.Min(stack.Frames.Length, Most); i++)
        {
            StackFrame frame = stack.Frames[i];
            if (ModuleName.Recognise(frame.Module) != SystemModule.Ntdll)
                break;
            var name = FunctionName.Of(frame.Function);
            if (LockFunctions.OfName(name) is var function && function == LockFunction.None)
                continue;
            found = function;
            access = LockFunctions.IsShared(name) is { } isShared ? isShared ? LockAccess.Shared : LockAccess.Exclusive : null;
            ulong caller = i + 1 < stack.Frames.Length ? stack.Frames[i + 1].StackPointer : 0;
            end = caller == 0 ? 0 : caller + Arguments;
        }

        return new LockFrames(found, end, access);
    }
}
