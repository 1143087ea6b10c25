namespace KCallbacks.Build.Verbs;

/// <summary>Makes the release and has the tool install it; or has the tool remove it.</summary>
internal static class Install
{
    public static int Run(Repository repository) => RunTool(repository, "install", Package.Make(repository));

    public static int Undo(Repository repository) => RunTool(repository, "uninstall");

    private static int RunTool(Repository repository, params string[] arguments) => Step.TryRun(NativeTool.Ensure(repository), arguments);
}
