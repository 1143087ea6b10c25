using System.Globalization;
using System.Text;
using KCallbacks.Detection.Signatures;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Buckets;

/// <summary>Stores as a program with many users fills them: a few hangs make most of the rows, some appear, some go, some are only partly known.</summary>
internal static class GeneratedStore
{
    /// <summary>The last day of the rows.</summary>
    public static DateTime End { get; } = new(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc);

    private const int Days = 28;

    private static readonly string[] Chains = ["wndproc", "wndproc/wndproc", "load-library/wndproc", "hook", "wndproc/hook", "thread-setup", "winevent", "wndproc..."];
    private static readonly string[] Waits = ["lock", "object", "send-message", "call", "loader-lock", "io", "running", "graphics"];
    private static readonly string[] Handlers = ["shop", "stock", "printui", "hookdll", "grid", "comctl32"];
    private static readonly string[] Versions = ["4.1.0.200", "4.2.0.17", "4.2.1.3"];
    private static readonly string[] Builds = ["6.1.7601", "10.0.17763", "10.0.19041", "10.0.22621", "10.0.26100"];

    /// <summary>Writes a store of so many rows, the same every time.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="rows">How many rows.</param>
    public static StoreFolder Write(string folder, int rows)
    {
        StoreFolder store = StoreFolder.Create(folder);
        var random = new Random(17);
        using var file = new StreamWriter(store.RowFileOf(Shard.Whole), append: false, new UTF8Encoding(false), bufferSize: 1 << 20) { NewLine = "\n" };
        for (int i = 0; i < rows; i++)
            file.WriteLine(RowText.Write(Row(i, rows, random)));
        return store;
    }

    private static TriageRow Row(int index, int rows, Random random)
    {
        DateTime made = End.AddDays(-Days).AddSeconds((long)index * Days * 86_400 / rows);
        var row = new TriageRow
        {
            Path = string.Create(CultureInfo.InvariantCulture, $"/dumps/{made:yyyy-MM-dd}/shop-{index:x8}.dmp"),
            Size = 200_000 + random.Next(400_000),
            Modified = made.AddMinutes(5),
            Sha256 = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}{random.NextInt64():x16}{random.NextInt64():x16}"),
            Outcome = TriageOutcome.Ok,
            Analyzed = End.AddHours(3),
            Milliseconds = 3,
            Tool = "0.2.0",
        };
        if (random.Next(100) == 0)
            return row with { Outcome = TriageOutcome.Unreadable, Sha256 = null, Problem = "it ends before its list of streams does" };
        row = row with
        {
            Kind = "dump",
            Architecture = "x64",
            Program = random.Next(10) == 0 ? "admin.exe" : "shop.exe",
            Version = Versions[Math.Min(index * 4 / rows, 2)],
            ProcessId = (uint)random.Next(1000, 20_000),
            Windows = Builds[random.Next(Builds.Length)],
            Machine = string.Create(CultureInfo.InvariantCulture, $"PC-{random.Next(1, 1 + (rows / 4)):x5}"),
            Made = made,
            Threads = 20 + random.Next(20),
            Proof = "certain",
        };
        return random.Next(20) == 0 ? row with { State = "idle" } : Hung(row, SignatureOf(index, rows, random), random);
    }

    /// <summary>Few make most. One is new in the last week, one is gone with it, one of ten is only partly known.</summary>
    private static string SignatureOf(int index, int rows, Random random)
    {
        bool isLastWeek = index >= rows * 3L / 4;
        if (random.Next(40) == 0)
            return isLastWeek ? "kc1|hook|lock|newhook" : "kc1|winevent|io|oldreader";
        int hang = (int)(Math.Pow(random.NextDouble(), 3) * 300);
        string chain = Chains[hang % Chains.Length], wait = Waits[hang * 7 / 3 % Waits.Length], handler = Handlers[hang * 11 / 5 % Handlers.Length];
        return random.Next(10) switch
        {
            0 => $"kc1|{chain}|?|{handler}",
            1 => $"kc1|*/{chain}|{wait}|{handler}",
            _ => $"kc1|{chain}|{wait}|{handler}",
        };
    }

    private static TriageRow Hung(TriageRow row, string signature, Random random) => row with
    {
        State = signature.Contains("lock", StringComparison.Ordinal) && random.Next(3) == 0 ? "deadlock" : "blocked",
        InCallback = 1,
        MaxDepth = signature.Count(c => c == '/') + 1,
        Bucket = HangSignature.BucketOf(signature),
        Family = signature[..signature.LastIndexOf('|')],
        Signature = signature,
        Hung = new(random.Next(6), (uint)random.Next(4, 30_000), 1, "WM_PAINT", $"{signature[(signature.LastIndexOf('|') + 1)..]}!Proc", "ntdll!NtWaitForSingleObject"),
    };
}
