namespace KCallbacks.Tool.Tests;

/// <summary>Whatever goes wrong is one line and exit code 2: code 1 means that callbacks were found.</summary>
[TestClass]
public sealed class FailureTests
{
    private const string InCallback = "00 00000072`a512ee18 00007fff`3322d1ee     ntdll!KiUserCallbackDispatcherContinue\n";

    [TestMethod]
    public void Output_that_cannot_be_written_is_said_in_one_line()
    {
        using var error = new StringWriter { NewLine = "\n" };
        using var output = new FullWriter();

        ExitCode code = new ToolHost(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(InCallback)), output, error, TimeProvider.System).Run(["analyze"]);

        Assert.AreEqual(ExitCode.InputError, code);
        Assert.EndsWith("kcallbacks: error: No space left on device\n", error.ToString());
    }

    [TestMethod]
    public void Without_standard_error_the_exit_code_still_says_it()
    {
        using var output = new FullWriter();

        Assert.AreEqual(ExitCode.InputError, new ToolHost(Stream.Null, output, output, TimeProvider.System).Run(["analyze", "/nowhere/at/all"]));
    }

    [TestMethod]
    public void An_error_that_nobody_foresaw_names_itself_and_with_debug_its_place()
    {
        string plain = Fail(["analyze", "-"]);
        string debug = Fail(["analyze", "-", "--debug"]);

        Assert.AreEqual("standard input: error: internal error, please report it: InvalidTimeZoneException: never foreseen\n", plain);
        Assert.StartsWith(plain, debug);
        Assert.Contains("   at KCallbacks.", debug);
    }

    [TestMethod]
    public void Debug_without_an_error_changes_nothing() =>
        Assert.AreEqual(ToolRun.With(InCallback, "analyze").Output, ToolRun.With(InCallback, "analyze", "--debug").Output);

    private static string Fail(string[] arguments)
    {
        using var error = new StringWriter { NewLine = "\n" };
        using var output = new StringWriter();
        Assert.AreEqual(ExitCode.InputError, new ToolHost(new UnforeseenStream(), output, error, TimeProvider.System).Run(arguments));
        return error.ToString();
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }

    private sealed class UnforeseenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new InvalidTimeZoneException("never foreseen");

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidTimeZoneException("never foreseen");
    }
}
