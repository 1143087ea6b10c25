using System.Collections.Concurrent;
using System.Diagnostics;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Triage.Tests.Workers;

/// <summary>What becomes of inputs and workers whatever workers do. These are scripts, which do what the path they are given says.</summary>
[TestClass]
public sealed class WorkerPoolTests
{
    private const string Script = """
        echo
        while IFS= read -r line; do
            case $line in
            *slow*) exec sleep 1000 ;;
            *crash*) kill -SEGV $$ ;;
            *exit*) echo 'out of luck' >&2; exit 3 ;;
            *nonsense*) echo hello ;;
            *other*) echo '{"path":"/elsewhere","size":1,"modified":null,"outcome":"ok"}' ;;
            *half*) printf '{"path":'; exit 0 ;;
            *memory*) s=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do s=$s$s; done; while :; do :; done ;;
            *beats*) for i in 1 2 3 4; do sleep 0.2; echo; done; echo "${line%\}},\"outcome\":\"ok\"}" ;;
            *last*) echo "${line%\}},\"outcome\":\"ok\"}"; exit 0 ;;
            *once*) if [ -e "$MARK" ]; then echo "${line%\}},\"outcome\":\"ok\"}"; else touch "$MARK"; exit 1; fi ;;
            *) echo "${line%\}},\"outcome\":\"ok\"}" ;;
            esac
        done
        """;

    private static readonly WorkerLimits Limits = new(TimeSpan.FromSeconds(0.5), 60L << 20);

    [TestInitialize]
    public void NeedsShell()
    {
        if (!File.Exists("/bin/sh"))
            Assert.Inconclusive("Skipped: the workers are scripts of a shell that is not here.");
    }

    [TestMethod]
    [DataRow("slow", TriageOutcome.Timeout, "--time-limit")]
    [DataRow("crash", TriageOutcome.Crashed, "ended with code 139")]
    [DataRow("exit", TriageOutcome.Crashed, "ended with code 3: out of luck")]
    [DataRow("nonsense", TriageOutcome.Crashed, "something else than a row")]
    [DataRow("other", TriageOutcome.Crashed, "something else than a row")]
    [DataRow("half", TriageOutcome.Crashed, "ended with code 0")]
    [DataRow("memory", TriageOutcome.Memory, "--memory-limit")]
    public void An_input_that_a_worker_fails_at_has_a_row_and_so_have_the_others(string name, TriageOutcome outcome, string problem)
    {
        TriageRow[] rows = Run(["a", "b", name, "c", "d", "e"], limits: outcome == TriageOutcome.Memory ? Limits with { Time = TimeSpan.FromMinutes(1) } : Limits);

        Assert.HasCount(6, rows);
        TriageRow failed = rows.Single(row => row.Path.EndsWith(name, StringComparison.Ordinal));
        Assert.AreEqual(outcome, failed.Outcome, failed.Problem);
        StringAssert.Contains(failed.Problem, problem);
        Assert.AreEqual(5, rows.Count(row => row.Outcome == TriageOutcome.Ok));
        Assert.AreEqual(17, failed.Size);
        Assert.AreNotEqual(default, failed.Analyzed);
    }

    [TestMethod]
    public void A_worker_that_says_that_it_lives_has_its_time_anew() => Assert.AreEqual(TriageOutcome.Ok, Run(["beats"]).Single().Outcome);

    [TestMethod]
    public void Workers_that_end_between_inputs_are_replaced()
    {
        TriageRow[] rows = Run([.. Enumerable.Range(0, 20).Select(number => $"last{number}")]);

        Assert.AreEqual(20, rows.Count(row => row.Outcome == TriageOutcome.Ok));
    }

    [TestMethod]
    public void A_worker_that_somebody_ended_costs_its_input_nothing()
    {
        string mark = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            Assert.AreEqual(TriageOutcome.Ok, Run(["once"], Script.Replace("$MARK", mark, StringComparison.Ordinal)).Single().Outcome);
        }
        finally
        {
            File.Delete(mark);
        }
    }

    [TestMethod]
    public void A_row_that_is_known_needs_no_worker()
    {
        WorkRequest request = Request("none");

        TriageRow[] rows = Run([request with { Known = request.Row(TriageOutcome.Unreadable, "there is no such file") }], "exit 1");

        Assert.AreEqual("there is no such file", rows.Single().Problem);
    }

    [TestMethod]
    [DataRow("exit 1")]
    [DataRow("echo 'I am no worker'; sleep 1")]
    public void Workers_that_never_begin_end_the_run(string script)
    {
        WorkerException failure = Assert.ThrowsExactly<WorkerException>(() => Run(["a", "b"], script));

        StringAssert.Contains(failure.Message, "/bin/sh");
    }

    [TestMethod]
    public void A_program_that_is_not_there_ends_the_run()
    {
        using var pool = new WorkerPool(new WorkerStart("/nowhere/kcallbacks", []), 2, Limits, TimeProvider.System);

        Assert.ThrowsExactly<WorkerException>(() => pool.Run([Request("a")], (_, _) => { }));
    }

    [TestMethod]
    public void A_row_that_cannot_be_kept_ends_the_run()
    {
        using var pool = Pool(Script, 2);

        Assert.ThrowsExactly<IOException>(() => pool.Run(Requests(100), (_, _) => throw new IOException("the disk is full")));
    }

    [TestMethod]
    public void A_run_that_is_stopped_ends_at_once_with_the_rows_that_it_has()
    {
        using var pool = new WorkerPool(Start(Script), 2, Limits with { Time = TimeSpan.FromHours(1) }, TimeProvider.System);
        var rows = new ConcurrentBag<TriageOutcome>();
        long start = Stopwatch.GetTimestamp();

        pool.Run([Request("a"), Request("slow"), Request("b"), Request("slow"), Request("c")], (outcome, _) =>
        {
            rows.Add(outcome);
            if (rows.Count == 2)
                new Thread(pool.Stop).Start();
        });

        Assert.IsLessThan(20, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Assert.IsTrue(rows.All(outcome => outcome == TriageOutcome.Ok));
    }

    [TestMethod]
    public void However_many_inputs_there_are_few_are_known_at_a_time()
    {
        int taken = 0, added = 0, most = 0;
        using var pool = Pool(Script, 3);

        pool.Run(
            Enumerable.Range(0, 3_000).Select(number =>
            {
                int ahead = Interlocked.Increment(ref taken) - Volatile.Read(ref added);
                most = Math.Max(most, ahead);
                return Request($"{number}");
            }),
            (_, _) => Interlocked.Increment(ref added));

        Assert.AreEqual(3_000, added);
        Assert.IsLessThanOrEqualTo(3, most);
    }

    [TestMethod]
    public void What_a_worker_left_in_its_folder_goes_with_it()
    {
        int before = Folders();

        TriageRow[] rows = Run(["a"], "touch \"$0/unpacked\" \"$TMPDIR/too\"; " + Script);

        Assert.HasCount(1, rows);
        Assert.IsLessThanOrEqualTo(before, Folders());
    }

    private static int Folders() =>
        Directory.GetDirectories(Path.GetTempPath(), "kcallbacks-*").Count(folder => File.Exists(Path.Combine(folder, "unpacked")) || File.Exists(Path.Combine(folder, "too")));

    private static TriageRow[] Run(string[] names, string script = Script, WorkerLimits? limits = null) => Run([.. names.Select(Request)], script, limits);

    private static TriageRow[] Run(WorkRequest[] requests, string script, WorkerLimits? limits = null)
    {
        var rows = new List<TriageRow>();
        using var pool = new WorkerPool(Start(script), 2, limits ?? Limits, TimeProvider.System);
        pool.Run(requests, (outcome, line) =>
        {
            Assert.IsTrue(RowText.TryRead(line.Span, out TriageRow? row));
            Assert.AreEqual(outcome, row.Outcome);
            rows.Add(row);
        });
        return [.. rows];
    }

    private static WorkerPool Pool(string script, int count) => new(Start(script), count, Limits, TimeProvider.System);

    private static WorkerStart Start(string script) => new("/bin/sh", ["-c", script]);

    private static WorkRequest[] Requests(int count) => [.. Enumerable.Range(0, count).Select(number => Request($"{number}"))];

    private static WorkRequest Request(string name) => new($"/dumps/{name}", $"/dumps/{name}", null, 17, new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Utc));
}
