using System.Runtime.CompilerServices;

namespace KCallbacks.Snapshots;

/// <summary>
/// Compares output with the file of that name in the <c>Snapshots</c> folder beside the test. With the environment variable
/// <c>KCALLBACKS_UPDATE_SNAPSHOTS=1</c> the file is written instead, to be reviewed in the diff.
/// </summary>
internal static class Snapshot
{
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("KCALLBACKS_UPDATE_SNAPSHOTS") == "1";

    public static void Matches(string name, IEnumerable<string> lines, [CallerFilePath] string testFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", name);
        string actual = string.Concat(lines.Select(line => line + "\n"));
        if (IsUpdate)
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.IsTrue(File.Exists(path), $"There is no snapshot {path}; run once with KCALLBACKS_UPDATE_SNAPSHOTS=1 and review it.");
        Assert.AreEqual(File.ReadAllText(path), actual, $"The output differs from {path}.");
    }
}
