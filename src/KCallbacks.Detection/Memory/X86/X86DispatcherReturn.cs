using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>The return address on x86, which lies in the frame itself.</summary>
internal sealed class X86DispatcherReturn(CallbackLayout layout, ProcessLandmarks landmarks, IProcessView process)
{
    private static readonly ImmutableArray<ulong> KnownReturns =
        [Dispatcher.ReturnOfXp, Dispatcher.ReturnOfVista, Dispatcher.ReturnOfWindows81, Dispatcher.ReturnOfWindows10];

    private readonly ImmutableArray<ulong> _returns = layout switch
    {
        CallbackLayout.X86Xp => [Dispatcher.ReturnOfXp],
        CallbackLayout.X86Vista => [Dispatcher.ReturnOfVista, Dispatcher.ReturnOfWindows81],
        _ => [Dispatcher.ReturnOfWindows81, Dispatcher.ReturnOfWindows10],
    };

    /// <summary><c>xor ecx,ecx; xor edx,edx; int 2Bh</c>: what follows the call to the routine on XP.</summary>
    private static ReadOnlySpan<byte> CodeOfXp => [0x33, 0xC9, 0x33, 0xD2, 0xCD, 0x2B];

    /// <summary>Holds a return address against everything that is known of the dispatcher.</summary>
    public FieldCheck Judge(uint returnAddress)
    {
        if (!landmarks.Dispatchers.IsEmpty)
            return JudgeAgainstDispatchers(returnAddress);
        if (process.FindSymbol(returnAddress) is { IsExport: false, Function: { } function })
            return JudgeName(function);
        if (layout == CallbackLayout.X86Xp && IsCodeOfXp(returnAddress))
            return new FieldCheck(Confidence.High, "returns to the dispatcher's code");
        if (!landmarks.KnowsModules)
            return new FieldCheck(Confidence.Low, "no module list tells where it returns to");
        if (landmarks.IsKnownReturn(Architecture.X86, returnAddress))
            return new FieldCheck(Confidence.High, "returns to where the dispatcher of a known ntdll calls the routine");
        return landmarks.IsInNtdll(returnAddress)
            ? new FieldCheck(Confidence.Low, "returns into ntdll, where the dispatcher's address is not known")
            : FieldCheck.Against($"returns to 0x{returnAddress:x8}, which is not in ntdll");
    }

    private FieldCheck JudgeAgainstDispatchers(uint returnAddress)
    {
        foreach (ulong dispatcher in landmarks.Dispatchers)
        {
            ulong displacement = returnAddress - dispatcher;
            if (_returns.Contains(displacement))
                return new FieldCheck(Confidence.High, $"returns to KiUserCallbackDispatcher+0x{displacement:x}");
            if (displacement is > 0 and < Dispatcher.LongestOfX86 && !KnownReturns.Contains(displacement))
                return new FieldCheck(Confidence.Medium, $"returns to KiUserCallbackDispatcher+0x{displacement:x}, where no known build calls");
        }

        return FieldCheck.Against($"returns to 0x{returnAddress:x8}, where no dispatcher calls");
    }

    private static FieldCheck JudgeName(string function) => Dispatcher.Fit(FunctionName.Of(function), null) != DispatcherFit.No
        ? new FieldCheck(Confidence.High, $"returns to {function}")
        : FieldCheck.Against($"returns to {function}, which is not the dispatcher");

    private bool IsCodeOfXp(uint returnAddress)
    {
        Span<byte> code = stackalloc byte[CodeOfXp.Length];
        return process.TryRead(returnAddress, code) && code.SequenceEqual(CodeOfXp);
    }
}
