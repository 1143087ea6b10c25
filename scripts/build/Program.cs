using KCallbacks.Build;
using KCallbacks.Build.Tools;
using KCallbacks.Build.Verbs;

try
{
    var repository = Repository.Containing(AppContext.BaseDirectory);
    return args switch
    {
        ["benchmark", "--tool"] => ToolBenchmark.Run(repository),
        ["benchmark", "--triage"] => TriageBenchmark.Run(repository),
        ["benchmark", .. string[] dumps] => Benchmark.Run(repository, dumps),
        ["soak"] => Soak.Run(repository, percent: 100),
        ["soak", var percent] when int.TryParse(percent, out int part) && part is > 0 and <= 100 => Soak.Run(repository, part),
        ["demo"] => Demo.Run(repository),
        ["test"] => Test.Run(repository),
        ["tool"] => NativeTool.Run(repository),
        ["package"] => Package.Run(repository, withArm64: false),
        ["package", "--arm64"] => Package.Run(repository, withArm64: true),
        ["winget", var url] => Winget.Run(repository, url),
        ["install"] => Install.Run(repository),
        ["install", "-Uninstall" or "--uninstall"] => Install.Undo(repository),
        _ => Usage(),
    };
}
catch (Exception exception) when (exception is StepFailedException or ToolMissingException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("usage: scripts/benchmark [DUMP... | --tool | --triage] | scripts/demo | scripts/soak [PERCENT] | scripts/test | scripts/kcallbacks | scripts/package [--arm64] | scripts/install [-Uninstall]");
    return 2;
}
