using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Tool.Tests;

/// <summary>
/// Inputs damaged at random, from a fixed seed: each ends with an exit code, and what is said is never "internal error". The time is
/// bounded, so a slow machine tries fewer; KCALLBACKS_FUZZ_SECONDS gives more.
/// </summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "The seed makes a failure repeatable; nothing is secret.")]
public sealed class FuzzTests
{
    private const int Seed = 20_261_126;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("KCALLBACKS_FUZZ_SECONDS"), out double seconds) ? seconds : 4);

    private static readonly string[][] Options =
    [
        ["-a"], ["-v", "-a"], ["--json"], ["--jsonl", "-v"], ["-g", "-a"], ["-m", "*!*Nt*"], ["-d", "2"], ["-r", "-v"], ["-i"], ["-t", "0-3"],
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Damaged_texts_end_with_an_exit_code() => Fuzz("txt", Texts(), Analyze);

    [TestMethod]
    public void Damaged_recordings_end_with_an_exit_code() => Fuzz("json", [.. Recordings()], Analyze);

    [TestMethod]
    public void Damaged_dumps_end_with_an_exit_code() => Fuzz("dmp", [.. Dumps()], Analyze);

    [TestMethod]
    public void Damaged_packages_end_with_an_exit_code() => Fuzz("zip", [Package()], Install);

    private void Fuzz(string extension, byte[][] originals, Func<string, Random, ToolRun> run)
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        string path = Path.Combine(_folder, "kcallbacks-0.1.0." + extension);
        int rounds = 0;
        for (; clock.Elapsed < Time; rounds++)
        {
            byte[] damaged = Damage(originals[random.Next(originals.Length)], originals, random);
            File.WriteAllBytes(path, damaged);
            ToolRun ended = run(path, random);
            Assert.IsTrue(
                Enum.IsDefined(ended.Code) && !ended.Error.Contains("internal error", StringComparison.Ordinal),
                $"round {rounds}: {ended.Error}\n{Convert.ToBase64String(damaged.AsSpan(0, Math.Min(damaged.Length, 4096)))}");
        }

        Assert.IsGreaterThan(0, rounds, "nothing was tried");
    }

    private static ToolRun Analyze(string path, Random random) => ToolRun.Of(["analyze", path, "--debug", .. Options[random.Next(Options.Length)]]);

    private ToolRun Install(string path, Random random)
    {
        File.WriteAllText(Path.Combine(_folder, "SHA256SUMS"), $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}  {Path.GetFileName(path)}\n");
        string into = Path.Combine(_folder, "Dbg");
        ToolRun installed = ToolRun.Of("install", path, "--into", into, "--debug");
        if (!Directory.Exists(into))
            return installed;
        ToolRun examined = ToolRun.Of("doctor", "--into", into, "--debug");
        Directory.Delete(into, recursive: true);
        return random.Next(2) == 0 ? installed : examined;
    }

    /// <summary>A few hits, most of them near the start, where headers and lists lie; sometimes a piece of another input.</summary>
    private static byte[] Damage(byte[] original, byte[][] others, Random random)
    {
        byte[] bytes = [.. original];
        for (int hits = random.Next(1, 8); hits > 0 && bytes.Length > 8; hits--)
        {
            int reach = random.Next(3) == 0 ? bytes.Length : Math.Min(bytes.Length, 4096);
            int at = random.Next(reach);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
                    break;
                case 4:
                    int end = Math.Min(bytes.Length, at + random.Next(256));
                    bytes = [.. bytes[..end], .. bytes[at..end], .. bytes[end..]];
                    break;
                case 5:
                    // Numbers at the edges are where sums overflow.
                    byte edge = (byte)(random.Next(2) == 0 ? 0xff : 0);
                    bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)).Fill(edge);
                    break;
                case 6:
                    bytes.AsSpan(at).Clear();
                    break;
                default:
                    byte[] other = others[random.Next(others.Length)];
                    int start = random.Next(other.Length);
                    bytes = [.. bytes[..at], .. other[start..Math.Min(other.Length, start + random.Next(512))], .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }

    private static byte[][] Texts() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static IEnumerable<byte[]> Recordings()
    {
        yield return """
            {"format":"kcallbacks-recording","schema":1,"tool":{"name":"kcallbacks","version":"0.1.0"},"session":"kernel","process":
            {"architecture":"X64","windowsBuild":19041,"modules":[{"name":"ntdll","base":"0x00007ffb94730000","size":2031616},{"name":"win32u","base":"0x00007ffb92300000","size":131072}],
            "functions":[{"module":"ntdll","function":"KiUserCallbackDispatcher","address":"0x00007ffb947d1350"}],
            "symbols":[{"address":"0x00007ffb92301064","symbol":{"module":"win32u","function":"NtUserPeekMessage","displacement":"0x14","isExport":true}}],
            "memory":[{"address":"0x0000000010000000","bytes":"AAAAAAAAAAA="}]},"threads":[
            {"thread":{"position":0,"printed":"0","engineId":0,"systemId":6704,"process":{"address":"0xffff900000000010","id":4,"name":"app.exe"},"address":"0xffff900000000020"},
            "walk":"Truncated","frames":[{"module":"user32","function":"_fnDWORD","displacement":"0x2f","stackPointer":"0x70e3300000"},{"module":"ntdll","function":"KiUserCallbackDispatcherContinue","stackPointer":"0x70e3300040"}],
            "instructionPointer":"0x00007ffb92301064","stackPointer":"0x70e3300000","registers":{"rbx":"0x1"},"memory":{"address":"0x70e3300000","bytes":"AAAAAAAAAAAAAAAAAAAAAA==","isComplete":true},
            "kernel":{"callbackDepth":1,"waitReason":"UserRequest","waitTime":"1.02:03:04.5"},"wow64Half":{"thread":{"position":0},"problem":"none"}}]}
            """u8.ToArray();
    }

    private static IEnumerable<byte[]> Dumps() => new[] { UserCases.Damaged, UserCases.StacksOnly(Fixtures.Windows.WindowsLayout.Windows10), UserCases.Nested(Fixtures.Windows.WindowsLayout.Windows10) }
        .Select(plan => File.ReadAllBytes(FixtureFolder.OfRepository.Generate(plan).Path));

    private static byte[] Package()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using (var manifest = new StreamWriter(zip.CreateEntry("UserExtensions/KernelCallbacks/KernelCallbacks.xml").Open()))
                manifest.Write("<ExtensionPackages><ExtensionPackage><Name>KernelCallbacks</Name><Version>0.1.0.0</Version><Files><File Architecture=\"amd64\" Module=\"\\amd64\\kcallbacks.dll\"/></Files></ExtensionPackage></ExtensionPackages>");
            using var library = new StreamWriter(zip.CreateEntry("UserExtensions/KernelCallbacks/0.1.0.0/amd64/kcallbacks.dll").Open());
            library.Write("a library");
        }

        return stream.ToArray();
    }
}
