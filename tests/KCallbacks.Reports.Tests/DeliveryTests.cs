using System.Text.Json.Nodes;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Tests;

/// <summary>What callbacks hand to hook, WinEvent and enumeration procedures, in each output.</summary>
[TestClass]
public sealed class DeliveryTests
{
    private static readonly Report Hook = Of(
        "user32!_fnHkINLPKBDLLHOOKSTRUCT",
        new Delivery(DeliveryKind.Hook, "WH_KEYBOARD_LL WM_KEYDOWN", 0x7ff6_1000_3000, "app+0x3000", [new("wParam", 0x100), new("vkCode", 0x41)]));

    [TestMethod]
    public void A_hook_stands_in_the_table_by_its_own_name()
    {
        string text = Text(Hook, new ReportForm());

        Assert.Contains(" hook WH_KEYBOARD_LL WM_KEYDOWN app+0x3000 ", text);
        Assert.DoesNotContain("fnHk", text);
    }

    [TestMethod]
    public void Its_arguments_and_procedure_stand_in_the_long_form()
    {
        string text = Text(Hook, new ReportForm { Verbose = true });

        Assert.Contains("_fnHkINLPKBDLLHOOKSTRUCT", text);
        Assert.Contains("WH_KEYBOARD_LL WM_KEYDOWN wParam 0x100 vkCode 0x41 to app+0x3000", text);
    }

    [TestMethod]
    public void A_monitor_is_no_name()
    {
        string text = Text(Of("user32!_ClientMonitorEnumProc", new Delivery(DeliveryKind.MonitorEnumeration, "monitor 0x10001", 1, null, [])), new ReportForm());

        Assert.Contains(" monitor enumeration", text);
        Assert.DoesNotContain("0x10001", text);
    }

    [TestMethod]
    public void Json_has_it_and_leaves_it_out_where_there_is_none()
    {
        JsonNode callback = Callback(Hook);

        Assert.AreEqual("WH_KEYBOARD_LL WM_KEYDOWN", callback["delivery"]!["text"]!.GetValue<string>());
        Assert.AreEqual("app+0x3000", callback["delivery"]!["procedure"]!.GetValue<string>());
        Assert.AreEqual("0x41", callback["delivery"]!["values"]!["vkCode"]!.GetValue<string>());
        Assert.IsFalse(Callback(SampleReports.Hung).AsObject().ContainsKey("delivery"));
    }

    [TestMethod]
    public void A_message_of_which_a_parameter_is_not_known_says_so()
    {
        Report report = SampleReports.Of(SourceKind.Engine, [Finding(new Callback { Message = new WindowMessage(0xd, "WM_GETTEXT", 5, null), Routine = "user32!_fnOUTLPRECT" })]);

        Assert.IsNull(Callback(report)["message"]!["lParam"]);
        Assert.Contains("WM_GETTEXT (0x000d) wParam 0x0000000000000005 to", Text(report, new ReportForm { Verbose = true }));
    }

    private static JsonNode Callback(Report report) => JsonNode.Parse(JsonReport.SingleLine(report, report.Findings))!["threads"]![0]!["callbacks"]![0]!;

    private static string Text(Report report, ReportForm form) => string.Join('\n', TextReport.Lines(report, new ThreadFilter(), form).Select(PlainText.Render));

    private static Report Of(string routine, Delivery delivery) =>
        SampleReports.Of(SourceKind.Engine, [Finding(new Callback { Routine = routine, Delivery = delivery, Handler = delivery.ProcedureName })]);

    private static ThreadFinding Finding(Callback callback) => new()
    {
        Thread = new ThreadIdentity(0, EngineId: 0, SystemId: 0x1a4),
        Verdict = Verdict.InCallback,
        Depth = 1,
        Confidence = Confidence.High,
        Reason = "made",
        Callbacks = [callback],
    };
}
