using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KCallbacks.Build.Verbs;

/// <summary>What one run of a program took, as the kernel counted it. Linux on x64 only.</summary>
/// <param name="Processor">Processor time of the program, user and kernel mode.</param>
/// <param name="Elapsed">Time from start to end.</param>
internal sealed partial record MeasuredProcess(TimeSpan Processor, TimeSpan Elapsed)
{
    private const string Shell = "/bin/sh";
    private const string GnuTime = "/usr/bin/time";

    /// <summary>Longs of <c>struct rusage</c> (getrusage(2)): two times of seconds and microseconds, then counters.</summary>
    private const int UsageLongs = 18;

    /// <summary>Runs a program; what it prints is thrown away.</summary>
    /// <exception cref="StepFailedException">It could not be started.</exception>
    public static MeasuredProcess Run(string program, params string[] arguments)
    {
        // The shell becomes the program, so that what is counted is the program's.
        string?[] command = [Shell, "-c", "exec \"$@\" </dev/null >/dev/null 2>&1", Shell, program, .. arguments, null];
        long start = Stopwatch.GetTimestamp();
        if (Spawn(out int process, Shell, 0, 0, command, [$"PATH={Environment.GetEnvironmentVariable("PATH")}", null]) != 0)
            throw new StepFailedException($"{program} could not be started.");
        long[] usage = new long[UsageLongs];
        if (Wait(process, out _, 0, usage) != process)
            throw new StepFailedException($"{program} could not be waited for.");
        return new MeasuredProcess(TimeOf(usage[0], usage[1]) + TimeOf(usage[2], usage[3]), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// The most memory a program has had, in KB; null where GNU time is not installed. A child of this process would be told this process' own
    /// memory, which it has before it becomes the program.
    /// </summary>
    public static long? PeakMemory(string program, params string[] arguments)
    {
        if (!File.Exists(GnuTime))
            return null;
        var start = new ProcessStartInfo(GnuTime, ["--quiet", "--format", "%M", "--output", "/dev/stderr", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        string last = process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
        process.WaitForExit();
        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    private static TimeSpan TimeOf(long seconds, long microseconds) => TimeSpan.FromSeconds(seconds) + TimeSpan.FromMicroseconds(microseconds);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int process, string path, nint actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "wait4")]
    private static partial int Wait(int process, out int status, int options, [Out] long[] usage);
}
