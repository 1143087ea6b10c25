using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Tests;

/// <summary>A fact of a finding shows in every view, or is named here with the reason why not.</summary>
[TestClass]
public sealed class FactTests
{
    /// <summary>What the detection engine works with and does not hand on.</summary>
    private static readonly string[] NotHandedOn = ["KernelState.HasCallbackStack", "KernelState.IsSystemThread", "KernelState.IsWindowThread", "KernelState.IsWaiting"];

    /// <summary>Facts whose words in the text are others: a place in the source, the id of a thread that has a better one.</summary>
    private static readonly string[] NotInText = ["position", "depthIsMinimum", "hasMessageLoop", "programFunction", "callback.purpose", "callback.delivery.kind", "managed.isUiThread"];

    /// <summary>Facts for which a row has no room; -v has them.</summary>
    private static readonly string[] NotInTable =
    [
        "position", "depthIsMinimum", "hasMessageLoop", "programFunction", "verdict", "reason", "disagreements", "instructionPointer", "instructionPlace",
        "kernel.process.address", "kernel.callbackDepth", "kernel.waitReason", "kernel.function", "callback.routine", "callback.entry", "callback.message.name", "callback.level", "callback.returning", "callback.purpose", "callback.witnesses",
        "callback.message.number", "callback.message.wParam", "callback.message.lParam", 
        "callback.message.windowProcedureAddress", "callback.message.windowProcedurePlace", "callback.handler", "callback.apiNumber",
        "callback.delivery.kind", "callback.delivery.procedure", "callback.delivery.procedureAddress", "callback.delivery.values",
        "wow64.verdict", "wow64.instructionPointer", "wow64.instructionPlace", "callback.wow64.frame", "managed.waitingIn", "managed.lock.address", "managed.lock.type", "managed.lock.owner", "managed.joins", "managed.invokes", "managed.isUiThread", "callback.frame", "callback.evidence", "callback.address", "callback.confidence", "callback.confidenceReason",
    ];

    /// <summary>A thread of a kernel session with one callback, in which no two facts have the same value.</summary>
    private static ThreadFinding Finding { get; } = new()
    {
        Thread = new ThreadIdentity(901, "9400.9408", null, 0x9408, new ProcessIdentity(0xffff_a586_1000_0001, 0x9400, "browser.exe"), 0xffff_a586_1000_0002),
        Verdict = Verdict.InCallback,
        Depth = 7,
        DepthIsMinimum = true,
        Confidence = Confidence.Medium,
        Reason = "a reason",
        BlockedIn = "blocked!In",
        ProgramFunction = "program!Function",
        HasMessageLoop = true,
        InstructionPointer = 0x7ff6_1000_0003,
        InstructionPlace = "blocked+0x3",
        KernelFunction = "nt!KernelFunction",
        Kernel = new KernelState(CallbackDepth: 11, HasCallbackStack: true, WaitReason: "UserRequest", WaitTime: TimeSpan.FromMilliseconds(12_000)),
        Callbacks =
        [
            new Callback
            {
                Level = 7,
                Routine = "user32!Routine",
                ApiNumber = 13,
                Entry = "win32u!Entry",
                Message = new WindowMessage(0x123, "WM_NAME", 0x14, 0x15, 0x7ff6_1000_0016, "app!Procedure", "app+0x16"),
                Delivery = new Delivery(DeliveryKind.WinEvent, "EVENT_NAME", 0x7ff6_1000_0026, "app!Event", [new DeliveredValue("idObject", 0x27)]),
                Handler = "app!Handler",
                Frame = 0x17,
                Wow64Frame = 0x1e,
                Address = 0x18,
                IsReturning = true,
                Evidence = EvidenceSource.Memory,
                Confidence = Confidence.High,
                ConfidenceReason = "why the callback is sure",
            },
        ],
        Rejected = [new RejectedFrame(0x2222, "why the frame is none")],
        Disagreements = ["a disagreement"],
        Shapes = [new HangShape("shape-id", "a shape", [0x19]) { Wow64Frames = [0x1f] }],
        Wow64Half = new Wow64Finding(Verdict.AtReturn, 9, 0x2020, "module32+0x21"),
        Managed = new ManagedFinding(
            [new ManagedFrame(0x1a, 0x1b, "App.Form.OnPaint", ManagedFrameKind.Method)], "Monitor.Wait", new ManagedLock(0x1c, "App.Lock", 0x1d1d), Joins: 0x1e1e, Invocation: new ManagedInvocation(0x1f1f, []), IsUiThread: true),
    };

    public static IEnumerable<object[]> Facts =>
    [
        .. Values("", Finding, ThreadFacts.All).Concat(Values("callback.", Finding.Callbacks[0], CallbackFacts.All))
            .Select(fact => new object[] { fact.Path, Spelled(fact.Path, fact.Value) }),
    ];

    public static IEnumerable<object[]> Members =>
        new[] { typeof(ThreadFinding), typeof(Callback), typeof(WindowMessage), typeof(Delivery), typeof(KernelState), typeof(ThreadIdentity), typeof(ProcessIdentity), typeof(HangShape), typeof(Wow64Finding), typeof(ManagedFinding), typeof(ManagedFrame), typeof(ManagedLock), typeof(RejectedFrame) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanWrite && !NotHandedOn.Contains($"{property.DeclaringType!.Name}.{property.Name}"))
            .Select(property => new object[] { $"{property.DeclaringType!.Name}.{property.Name}" });

    [TestMethod]
    [DynamicData(nameof(Members))]
    public void Whatever_a_finding_holds_is_a_fact(string member)
    {
        ThreadFinding numbered = Finding with { Thread = Finding.Thread with { EngineId = 902 } };

        Assert.AreNotEqual(Json(numbered), Json(Without(numbered, member)), $"No row of ThreadFacts or CallbackFacts reads {member}.");
    }

    [TestMethod]
    [DynamicData(nameof(Facts))]
    public void A_fact_shows_in_the_text(string fact, string value) =>
        AssertShows(fact, value, NotInText, new ReportForm { Verbose = true }, "the text of -v (StackView)");

    [TestMethod]
    [DynamicData(nameof(Facts))]
    public void A_fact_shows_in_the_table_or_has_no_room_there(string fact, string value) =>
        AssertShows(fact, value, NotInTable, new ReportForm(), "the table (ThreadColumns, KernelColumns)");

    [TestMethod]
    public void No_two_facts_have_one_place()
    {
        Assert.AreEqual(ThreadFacts.All.Length, ThreadFacts.All.DistinctBy(fact => fact.Path).Count());
        Assert.AreEqual(CallbackFacts.All.Length, CallbackFacts.All.DistinctBy(fact => fact.Path).Count());
        Assert.AreEqual(CallbackFacts.All.Length, CallbackFacts.All.DistinctBy(fact => fact.Property).Count());
    }

    private static void AssertShows(string fact, string value, string[] exceptions, ReportForm form, string view)
    {
        string text = string.Join('\n', TextReport.Lines(ReportOf(Finding), new ThreadFilter(), form).Select(PlainText.Render));

        bool shows = text.Contains(value, StringComparison.Ordinal);
        Assert.AreNotEqual(exceptions.Contains(fact), shows, $"{fact} ({value}) in {view}:\n{text}");
    }

    private static Report ReportOf(ThreadFinding finding) => new()
    {
        Source = new ReportSource(SourceKind.Engine, null, Architecture.X64, SessionKind.Kernel),
        Findings = [finding],
    };

    private static string Json(ThreadFinding finding) => JsonReport.SingleLine(ReportOf(finding), [finding]);

    /// <summary>The facts that are no lists of objects, with their values.</summary>
    private static IEnumerable<(string Path, object Value)> Values<T>(string place, T subject, ImmutableArray<Fact<T>> facts) =>
        facts.Where(fact => fact.Kind != FactKind.List).Select(fact => (place + fact.Path, Value: fact.Value(subject)!)).Where(fact => fact.Value is not null);

    /// <summary>As text spells a value; where the words differ, the row of the table says so.</summary>
    private static string Spelled(string path, object fact) => (path, fact) switch
    {
        ("callback.frame" or "callback.wow64.frame", int frame) => frame.ToString("x2", CultureInfo.InvariantCulture),
        ("kernel.address", ulong address) => address.ToString("x16", CultureInfo.InvariantCulture),
        ("kernel.waitMilliseconds", _) => "12.0 s",
        ("confidence", _) => "likely",
        ("callback.confidence", _) => "certain by",
        ("callback.level", _) => "callback 7",
        ("callback.returning", _) => "about to return",
        ("kernel.function", _) => "KernelFunction",
        ("callback.routine", _) => "Routine",
        ("callback.entry", _) => "Entry",
        (_, ImmutableArray<DeliveredValue> values) => $"{values[0].Name} 0x{values[0].Value:x}",
        (_, ulong address) => DisplayText.OfAddress(address),
        (_, uint id) => id.ToString("x", CultureInfo.InvariantCulture),
        (_, ImmutableArray<string> sentences) => sentences[0],
        var (_, value) => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A finding in which one member has no value.</summary>
    private static ThreadFinding Without(ThreadFinding finding, string member) => Is<ThreadFinding>(member, out string name) ? Cleared(finding, name)
        : Is<Callback>(member, out name) ? finding with { Callbacks = [Cleared(finding.Callbacks[0], name)] }
        : Is<WindowMessage>(member, out name) ? finding with { Callbacks = [finding.Callbacks[0] with { Message = Cleared(finding.Callbacks[0].Message!, name) }] }
        : Is<Delivery>(member, out name) ? finding with { Callbacks = [finding.Callbacks[0] with { Delivery = Cleared(finding.Callbacks[0].Delivery!, name) }] }
        : Is<KernelState>(member, out name) ? finding with { Kernel = Cleared(finding.Kernel!, name) }
        : Is<ThreadIdentity>(member, out name) ? finding with { Thread = Cleared(finding.Thread, name) }
        : Is<ProcessIdentity>(member, out name) ? finding with { Thread = finding.Thread with { Process = Cleared(finding.Thread.Process!, name) } }
        : Is<RejectedFrame>(member, out name) ? finding with { Rejected = [Cleared(finding.Rejected[0], name)] }
        : Is<ManagedFinding>(member, out name) ? finding with { Managed = Cleared(finding.Managed!, name) }
        : Is<ManagedFrame>(member, out name) ? finding with { Managed = finding.Managed! with { Frames = [Cleared(finding.Managed.Frames[0], name)] } }
        : Is<ManagedLock>(member, out name) ? finding with { Managed = finding.Managed! with { Lock = Cleared(finding.Managed.Lock!, name) } }
        : Is<Wow64Finding>(member, out name) ? finding with { Wow64Half = Cleared(finding.Wow64Half!, name) }
        : Is<HangShape>(member, out name) ? finding with { Shapes = [Cleared(finding.Shapes[0], name)] }
        : throw new ArgumentException($"No value is made for {member}.", nameof(member));

    private static bool Is<T>(string member, out string name)
    {
        name = member[(member.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return member.StartsWith($"{typeof(T).Name}.", StringComparison.Ordinal);
    }

    private static T Cleared<T>(T record, string name)
    {
        object copy = typeof(T).GetMethod("<Clone>$")?.Invoke(record, null) ?? record!;
        PropertyInfo property = typeof(T).GetProperty(name)!;
        object? value = property.PropertyType switch
        {
            var type when type == typeof(string) => name is "Reason" or "Name" or "Text" ? "" : null,
            var type when type == typeof(ImmutableArray<string>) => ImmutableArray<string>.Empty,
            var type when type == typeof(ImmutableArray<int>) => ImmutableArray<int>.Empty,
            var type when type == typeof(ImmutableArray<DeliveredValue>) => ImmutableArray<DeliveredValue>.Empty,
            var type when type == typeof(ImmutableArray<ManagedFrame>) => ImmutableArray<ManagedFrame>.Empty,
            var type when type == typeof(ManagedFrameKind) => ManagedFrameKind.Stub,
            var type when type == typeof(ImmutableArray<Callback>) => ImmutableArray<Callback>.Empty,
            var type when type == typeof(ImmutableArray<RejectedFrame>) => ImmutableArray<RejectedFrame>.Empty,
            var type when type == typeof(ImmutableArray<HangShape>) => ImmutableArray<HangShape>.Empty,
            var type when type == typeof(ThreadIdentity) => new ThreadIdentity(0),
            var type => type.IsValueType ? Activator.CreateInstance(type) : null,
        };
        property.SetValue(copy, value);
        return (T)copy;
    }
}
