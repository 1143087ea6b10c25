using System.Runtime.InteropServices;
using KCallbacks.DbgEng;
using KCallbacks.Extension.Command;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>Runs a command for the engine: whatever goes wrong becomes one line, because an exception would kill the debugger.</summary>
internal static unsafe class CommandHost
{
    private const int InvalidArgument = unchecked((int)0x80070057);

    /// <summary>Runs a command.</summary>
    /// <param name="client">The engine's IDebugClient.</param>
    /// <param name="arguments">What the user typed after the command, ANSI.</param>
    /// <param name="command">The command.</param>
    /// <returns>The HRESULT for the engine.</returns>
    public static int Run(nint client, byte* arguments, Action<DebugEngine, string> command)
    {
        if (client == 0)
            return InvalidArgument;
        try
        {
            using DebugEngine engine = DebugEngine.FromClient(client);
            return Run(engine, Marshal.PtrToStringAnsi((nint)arguments) ?? "", command);
        }
        catch (Exception exception)
        {
            // Not even output works with an engine that lacks the interfaces.
            return exception.HResult;
        }
    }

    /// <summary>Runs what the engine has begun without a client to print to.</summary>
    /// <returns>The HRESULT for the engine.</returns>
    public static int Guard(Action action)
    {
        try
        {
            action();
            return HResult.Ok.Value;
        }
        catch (Exception exception)
        {
            return exception.HResult;
        }
    }

    private static int Run(DebugEngine engine, string arguments, Action<DebugEngine, string> command)
    {
        try
        {
            command(engine, arguments);
            // What a command made dies with it, so collecting it now costs half a millisecond; in the midst of the next command, with
            // that one's own data alive, it would cost several.
            GC.Collect(0);
            return HResult.Ok.Value;
        }
        catch (Exception exception)
        {
            var output = new EngineOutput(engine.Control);
            if (CommandOptions.AskForJson(arguments))
                output.WriteText([JsonReport.Error(new ReportSource(SourceKind.Engine), Explain(exception))]);
            else
                output.WriteError(Explain(exception));
            return exception.HResult;
        }
    }

    /// <summary>What happened, for the user; anything that is not foreseen names itself as a bug.</summary>
    private static string Explain(Exception exception) => exception switch
    {
        SessionException or CommandSyntaxException => exception.Message,
        EngineCallException => $"{exception.Message} The command stopped; nothing was changed.",
        IOException or UnauthorizedAccessException => $"The file was not written: {exception.Message}",
        _ => $"Internal error, please report it: {exception.GetType().Name}: {exception.Message}",
    };
}
