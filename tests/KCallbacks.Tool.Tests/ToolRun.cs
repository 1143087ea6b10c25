using System.Text;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool.Tests;

/// <summary>One run of the tool inside the test, with what it wrote.</summary>
internal sealed record ToolRun(ExitCode Code, string Output, string Error)
{
    public static ToolRun Of(params string[] arguments) => With("", arguments);

    public static ToolRun With(string input, params string[] arguments) => With(Encoding.UTF8.GetBytes(input), TimeProvider.System, arguments);

    public static ToolRun With(byte[] input, TimeProvider clock, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var worker = new WorkerStart("dotnet", [typeof(ToolHost).Assembly.Location, TriageWorker.Verb]);
        ExitCode code = new ToolHost(new MemoryStream(input), output, error, clock) { Worker = worker }.Run(arguments);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    public IEnumerable<string> Lines => Output.TrimEnd('\n').Split('\n');
}
