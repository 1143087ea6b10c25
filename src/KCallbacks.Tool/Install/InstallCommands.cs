using System.CommandLine;
using System.Runtime.InteropServices;

namespace KCallbacks.Tool.Install;

/// <summary><c>kcallbacks install</c>, <c>uninstall</c> and <c>doctor</c>: options of the command line.</summary>
internal static class InstallCommands
{
    /// <summary>The commands, ready to be invoked. They throw <see cref="InstallException"/> when nothing was done, and <see cref="IOException"/>.</summary>
    /// <param name="output">Where they say what they did.</param>
    public static IEnumerable<Command> Create(TextWriter output)
    {
        var package = new Argument<string>("PACKAGE")
        {
            Description = "The release zip; SHA256SUMS lies beside it. Without it, what this program was unpacked with.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var into = new Option<string>("--into") { Description = @"WinDbg's folder, instead of %LOCALAPPDATA%\Dbg.", HelpName = "FOLDER" };
        var install = new Command("install", "Installs the extension for this user, so that WinDbg loads it by itself.") { package, into };
        install.SetAction(parsed => Install(parsed.GetValue(package), Installed(parsed.GetValue(into), output)));

        var uninstall = new Command("uninstall", "Removes the extension.") { into };
        uninstall.SetAction(parsed => Installed(parsed.GetValue(into), output).Uninstall());

        var doctor = new Command("doctor", "Checks why WinDbg might not load the extension, and says how to fix it. Exit code: 0 all is well, 2 something is wrong.") { into };
        doctor.SetAction(parsed => Examine(FolderOf(parsed.GetValue(into)), output));
        return [install, uninstall, doctor];
    }

    private static void Install(string? path, Installation installation)
    {
        using IRelease package = path is null ? UnpackedRelease.OfThisProgram() : ReleasePackage.Open(path);
        installation.Install(package);
    }

    private static Installation Installed(string? into, TextWriter output) => new(FolderOf(into), output);

    private static DebuggerFolder FolderOf(string? into) => into is null ? DebuggerFolder.OfThisUser() : new DebuggerFolder(into);

    private static void Examine(DebuggerFolder folder, TextWriter output)
    {
        IReadOnlyList<Diagnosis> findings = new Doctor(folder, RuntimeInformation.OSArchitecture).Examine();
        foreach (Diagnosis finding in findings)
            output.WriteLine(finding);
        int wrong = findings.Count(finding => !finding.IsWell);
        if (wrong > 0)
            throw new InstallException($"{wrong} of {findings.Count} things are wrong.");
    }
}
