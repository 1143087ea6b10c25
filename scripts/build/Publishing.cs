namespace KCallbacks.Build;

/// <summary>Makes the programs of a release.</summary>
internal static class Publishing
{
    /// <summary>Publishes a program for a system.</summary>
    /// <returns>The folder with it and its symbols.</returns>
    public static string Publish(Repository repository, string project, string runtime)
    {
        string folder = repository.PublishedFrom(project, runtime);
        string[] arguments = ["publish", project, "--configuration", "Release", "--runtime", runtime, "--output", folder, "--verbosity", "quiet", "--nologo"];
        // A restore for one system alone would write lock files that know no other; that for ARM64 is in none, so it cannot be held to them.
        if (runtime == "win-arm64")
        {
            arguments = [.. arguments, "-p:RestoreLockedMode=false"];
        }
        else
        {
            Restore(project);
            arguments = [.. arguments, "--no-restore"];
        }

        Step.Run($"Building {Path.GetFileNameWithoutExtension(project)} for {runtime}", "dotnet", arguments);
        return folder;
    }

    /// <summary>Packs the tool for <c>dotnet tool install</c>.</summary>
    /// <returns>Path of the package.</returns>
    public static string PackTool(Repository repository, Version version, string folder)
    {
        Restore(repository.ToolProject);
        Step.Run("Packing the tool for the .NET SDK", "dotnet",
            "pack", repository.ToolProject, "--configuration", "Release", "--no-restore", "--output", folder, "--verbosity", "quiet", "--nologo");
        return Path.Combine(folder, $"kcallbacks.{version.ToString(3)}.nupkg");
    }

    private static void Restore(string project) => Step.Run($"Restoring {Path.GetFileNameWithoutExtension(project)}", "dotnet",
        "restore", project, "--verbosity", "quiet", "--nologo");
}
