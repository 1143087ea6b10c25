using System.Runtime.InteropServices;
using KCallbacks.Extension.Analysis;
using KCallbacks.Extension.Command;

namespace KCallbacks.Extension;

/// <summary>What the debug engine finds in <c>kcallbacks.dll</c> by name. No exception may leave these functions.</summary>
internal static unsafe class Exports
{
    private const uint Version1_0 = 0x0001_0000;

    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionInitialize")]
    public static int Initialize(uint* version, uint* flags)
    {
        *version = Version1_0;
        *flags = 0;
        return CommandHost.Guard(LoadedExtension.Begin);
    }

    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionUninitialize")]
    public static void Uninitialize() => CommandHost.Guard(LoadedExtension.End);

    /// <summary>A session began or ended, or the target stopped or runs: whatever it is, findings are over.</summary>
    [UnmanagedCallersOnly(EntryPoint = "DebugExtensionNotify")]
    public static void Notify(uint reason, ulong argument) => CommandHost.Guard(LoadedExtension.TargetChanged);

    /// <summary><c>!kcallbacks</c>.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="arguments">What the user typed after the command, ANSI.</param>
    [UnmanagedCallersOnly(EntryPoint = "kcallbacks")]
    public static int KCallbacks(nint client, byte* arguments) =>
        CommandHost.Run(client, arguments, static (engine, text) => new CallbacksCommand(engine).Run(text));

    /// <summary><c>!help</c>.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="arguments">Not used.</param>
    [UnmanagedCallersOnly(EntryPoint = "help")]
    public static int Help(nint client, byte* arguments) =>
        CommandHost.Run(client, arguments, static (engine, _) => new EngineOutput(engine.Control).Write(HelpText.Lines));

    /// <summary>What <c>!analyze</c> calls in each of its phases.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="analysis">The analysis' IDebugFailureAnalysis2.</param>
    [UnmanagedCallersOnly(EntryPoint = "_EFN_Analyze")]
    public static int Analyze(nint client, uint phase, nint analysis) => AnalysisPlugin.Run(client, (AnalysisPhase)phase, analysis);
}
