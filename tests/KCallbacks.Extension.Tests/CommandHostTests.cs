using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using KCallbacks.DbgEng;
using KCallbacks.DbgEng.Tests;
using KCallbacks.Sessions;

namespace KCallbacks.Extension.Tests;

/// <summary>Whatever a command throws, the engine gets one line and an error code, and lives.</summary>
[TestClass]
public sealed unsafe class CommandHostTests
{
    private static string s_printed = "";

    public static IEnumerable<object[]> Failures =>
    [
        [new InvalidOperationException("what nobody foresaw"), "Internal error, please report it: InvalidOperationException: what nobody foresaw"],
        [new InvalidCastException("<b>%s"), "Internal error, please report it: InvalidCastException: &lt;b&gt;%s"],
        [new DivideByZeroException("by nothing"), "Internal error, please report it: DivideByZeroException: by nothing"],
        [new SessionException("There is no session."), "There is no session."],
        [new UnauthorizedAccessException("no"), "The file was not written: no"],
    ];

    [TestMethod]
    [DynamicData(nameof(Failures))]
    public void An_exception_becomes_one_line_and_an_error_code(Exception failure, string explained)
    {
        using FakeEngine engine = Engine();

        int result = CommandHost.Run(engine.Pointer, null, (_, _) => throw failure);

        Assert.AreEqual(failure.HResult, result);
        Assert.IsLessThan(0, result);
        Assert.Contains($"kcallbacks: {explained}", s_printed);
        Assert.HasCount(1, s_printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    [DataRow("-json")]
    [DataRow("-a --JSON -d x")]
    public void Whoever_asks_for_json_gets_json_also_of_an_error(string line)
    {
        using FakeEngine engine = Engine();
        byte[] arguments = Encoding.ASCII.GetBytes(line + "\0");

        fixed (byte* text = arguments)
            CommandHost.Run(engine.Pointer, text, (_, _) => throw new SessionException("There is no <session>."));

        JsonNode json = JsonNode.Parse(s_printed)!;
        Assert.AreEqual("There is no <session>.", json["error"]!.GetValue<string>());
        Assert.AreEqual("engine", json["source"]!["kind"]!.GetValue<string>());
    }

    [TestMethod]
    public void The_next_command_runs_as_if_nothing_had_happened()
    {
        using FakeEngine engine = Engine();
        CommandHost.Run(engine.Pointer, null, (_, _) => throw new InvalidOperationException());
        byte[] arguments = "-a\0"u8.ToArray();
        string? typed = null;

        int result;
        fixed (byte* text = arguments)
            result = CommandHost.Run(engine.Pointer, text, (_, text) => typed = text);

        Assert.AreEqual(0, result);
        Assert.AreEqual("-a", typed);
        Assert.AreEqual(0, engine.References);
    }

    [TestMethod]
    public void Without_a_client_or_with_one_that_is_too_old_nothing_runs()
    {
        using FakeEngine engine = Engine();
        engine.InterfacesLeft = 1;

        Assert.IsLessThan(0, CommandHost.Run(0, null, (_, _) => Assert.Fail()));
        Assert.IsLessThan(0, CommandHost.Run(engine.Pointer, null, (_, _) => Assert.Fail()));
        Assert.AreEqual(0, engine.References);
    }

    [TestMethod]
    public void What_is_begun_without_a_client_fails_with_a_code_alone() =>
        Assert.AreEqual(new InvalidOperationException().HResult, CommandHost.Guard(() => throw new InvalidOperationException()));

    private static FakeEngine Engine()
    {
        s_printed = "";
        var engine = new FakeEngine();
        engine.Fill(DebugControl.Slot.ControlledOutputWide, (delegate* unmanaged<nint, uint, uint, char*, char*, int>)&OnOutput);
        return engine;
    }

    [UnmanagedCallersOnly]
    private static int OnOutput(nint self, uint control, uint mask, char* format, char* text)
    {
        s_printed += new string(text);
        return 0;
    }
}
