using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.X86;

/// <summary>The return address on x86, which lies in the frame itself.</summary>
internal sealed class X86DispatcherReturn(CallbackLayout layout, ProcessLandmarks landmarks, IProcessView process)
{
    private const ulong DispatcherSize = 0x80;

    /// <summary>2000 to 2003 RTM; 2003 SP1 to 7; 8.1 and 14393; 15063 and later.</summary>
    private static readonly ImmutableArray<ulong> KnownReturns = [0x13, 0x2e, 0x36, 0x4d];

    private readonly ImmutableArray<ulong> _returns = layout switch
    {
        CallbackLayout.X86Xp => [0x13],
        CallbackLayout.X86Vista => [0x2e, 0x36],
        _ => [0x36, 0x4d],
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
            if (displacement is > 0 and < DispatcherSize && !KnownReturns.Contains(displacement))
                return new FieldCheck(Confidence.Medium, $"returns to KiUserCallbackDispatcher+0x{displacement:x}, where no known build calls");
        }

        return FieldCheck.Against($"returns to 0x{returnAddress:x8}, where no dispatcher calls");
    }

    private static FieldCheck JudgeName(string function) => DispatcherName.Fit(FunctionName.Of(function), null) != DispatcherFit.No
        ? new FieldCheck(Confidence.High, $"returns to {function}")
        : FieldCheck.Against($"returns to {function}, which is not the dispatcher");

    private bool IsCodeOfXp(uint returnAddress)
    {
        Span<byte> code = stackalloc byte[CodeOfXp.Length];
        return process.TryRead(returnAddress, code) && code.SequenceEqual(CodeOfXp);
    }
}
