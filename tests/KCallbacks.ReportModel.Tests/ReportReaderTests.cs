namespace KCallbacks.ReportModel.Tests;

/// <summary>What is no report is told so, and what a later version adds is no error.</summary>
[TestClass]
public sealed class ReportReaderTests
{
    [TestMethod]
    [DataRow("", "The report cannot be read at")]
    [DataRow("null", "empty")]
    [DataRow("[]", "The report cannot be read at")]
    [DataRow("{\"schema\":1,\"threads\":[{\"position\":0,", "The report cannot be read at")]
    [DataRow("{\"schema\":1,\"threads\":[{\"position\":\"first\"}]}", "$.threads[0].position")]
    [DataRow("{\"schema\":1,\"threads\":[{\"instructionPointer\":\"7ff6\"}]}", "An address is a string of 0x")]
    [DataRow("{\"schema\":1,\"threads\":[{\"verdict\":7}]}", "$.threads[0].verdict")]
    [DataRow("{\"schema\":2}", "schema 2, and only schema 1")]
    [DataRow("{}", "schema 0")]
    public void What_is_no_report_is_told_with_its_place(string json, string part)
    {
        ReportFormatException wrong = Assert.ThrowsExactly<ReportFormatException>(() => ReportReader.Read(json));

        Assert.Contains(part, wrong.Message);
    }

    [TestMethod]
    public void What_a_later_version_adds_is_no_error()
    {
        CallbackReport report = ReportReader.Read(
            """{"schema":1,"added":{"a":[1]},"threads":[{"position":3,"verdict":"half-way","confidence":"utter","added":true}],"result":{"state":"livelock","proof":"certain"}}""");

        Assert.AreEqual(ReportedVerdict.Unknown, report.Threads[0].Verdict);
        Assert.AreEqual(ReportedConfidence.Unknown, report.Threads[0].Confidence);
        Assert.AreEqual(ReportedState.Unknown, report.Result!.State);
        Assert.AreEqual(3, report.ThreadAt(3)!.Position);
    }

    [TestMethod]
    [DataRow("{\"schema\":1,\n\"complete\":true}")]
    [DataRow("*** WARNING: Unable to verify timestamp for {app}.exe\n{\"schema\":1,\"complete\":true}\n0:000> ")]
    [DataRow("\r\n{\"schema\":1,\r\n\"complete\":true}\r\nquit:\r\n")]
    public void What_the_debugger_prints_around_a_report_is_passed_over(string output) => Assert.IsTrue(ReportReader.ReadOutput(output).Complete);

    [TestMethod]
    [DataRow("", "The debugger printed nothing.")]
    [DataRow(" \n", "The debugger printed nothing.")]
    [DataRow("No export kcallbacks found", "no report but: No export kcallbacks found")]
    [DataRow("{\"schema\":1,\"complete\":", "The report cannot be read at")]
    public void Output_without_a_report_is_said_again(string output, string part) =>
        Assert.Contains(part, Assert.ThrowsExactly<ReportFormatException>(() => ReportReader.ReadOutput(output)).Message);

    [TestMethod]
    public void Long_output_without_a_report_is_cut() =>
        Assert.IsLessThan(400, Assert.ThrowsExactly<ReportFormatException>(() => ReportReader.ReadOutput(new string('x', 100_000))).Message.Length);
}
