using System.Diagnostics;

namespace KCallbacks.EngineHost.Client.Platform;

/// <summary>Wine with a folder of its own as its Windows, so that no other one is changed.</summary>
public sealed class WinePrefix : IWindowsPlatform
{
    private static readonly TimeSpan PreparationLimit = TimeSpan.FromMinutes(3);

    private readonly string _wine;
    private readonly string _folder;

    /// <summary>Uses a prefix; makes it when it is not there.</summary>
    /// <param name="folder">Where the prefix is or will be.</param>
    /// <exception cref="PlatformNotSupportedException">Wine is not installed; the message names the command that installs it.</exception>
    public WinePrefix(string folder)
    {
        _wine = FindWine() ?? throw new PlatformNotSupportedException(
            "The debug engine runs on Windows or under Wine, and Wine is not installed: apt-get install --yes wine64");
        _folder = Path.GetFullPath(folder);
        Prepare();
    }

    /// <summary>
    /// Another prefix with the same content, made of links: its programs have a Windows to themselves. In one Windows all share a desktop, which
    /// has the display of the program that came first, or none.
    /// </summary>
    /// <param name="folder">Where it is or will be, beside this one.</param>
    public WinePrefix Clone(string folder)
    {
        if (!Directory.Exists(folder))
        {
            using Process copy = Process.Start("cp", ["--archive", "--link", _folder, folder]);
            copy.WaitForExit();
            if (copy.ExitCode != 0)
                throw new InvalidOperationException($"{_folder} could not be copied to {folder}.");
        }

        return new WinePrefix(folder);
    }

    /// <summary>Path of the program that runs 64-bit Windows programs; null when Wine is not installed.</summary>
    public static string? FindWine()
    {
        // Debian has wine64 outside of PATH; its script "wine" asks for 32-bit Wine first.
        const string debianWine = "/usr/lib/wine/wine64";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<string> candidates = [.. folders.Select(folder => Path.Combine(folder, "wine64")), debianWine];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <inheritdoc/>
    public ProcessStartInfo StartOf(string program)
    {
        var start = new ProcessStartInfo(_wine, [program]).WithRedirectedStreams();
        start.Environment["WINEPREFIX"] = _folder;
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["DISPLAY"] = "";
        // Wine has libraries of these names; Microsoft's lie beside the program.
        start.Environment["WINEDLLOVERRIDES"] = "dbgeng,dbghelp,dbgcore,dbgmodel=n;mscoree,mshtml=";
        return start;
    }

    /// <inheritdoc/>
    /// <remarks>Wine's own mscoree, which the images of the class library import, needs Wine's own dbghelp.</remarks>
    public ProcessStartInfo StartOfManaged(string program, string? display = null)
    {
        ProcessStartInfo start = StartOf(program);
        start.Environment["WINEDLLOVERRIDES"] = "mshtml=";
        start.Environment["DISPLAY"] = display ?? "";
        return start;
    }

    /// <inheritdoc/>
    public string WindowsPathOf(string path) => "Z:" + Path.GetFullPath(path).Replace('/', '\\');

    private void Prepare()
    {
        string done = Path.Combine(_folder, "prepared");
        if (File.Exists(done))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        using FileStream turn = WaitForTurn(_folder + ".lock");
        if (File.Exists(done))
            return;
        ProcessStartInfo start = StartOf("wineboot");
        start.ArgumentList.Add("--init");
        using Process boot = Process.Start(start)!;
        boot.StandardInput.Close();
        boot.OutputDataReceived += (_, _) => { };
        boot.BeginOutputReadLine();
        Task<string> errors = boot.StandardError.ReadToEndAsync();
        if (!boot.WaitForExit(PreparationLimit))
        {
            boot.Kill(entireProcessTree: true);
            throw new TimeoutException($"Wine did not make {_folder} within {PreparationLimit.TotalMinutes} minutes.");
        }
        if (boot.ExitCode != 0)
            throw new InvalidOperationException($"wineboot ended with {boot.ExitCode}: {errors.Result}");
        File.WriteAllText(done, "");
    }

    /// <summary>Two runs at a time must not both make the prefix.</summary>
    private static FileStream WaitForTurn(string path)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < PreparationLimit)
            {
                Thread.Sleep(100);
            }
        }
    }
}
