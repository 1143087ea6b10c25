using System.CommandLine;
using KCallbacks.Dumps;
using KCallbacks.Tool.Inputs;
using KCallbacks.Tool.Mcp;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks mcp --folder FOLDER</c>: answers an assistant's questions about the dumps of a folder.</summary>
internal sealed class McpCommand : Command
{
    private readonly Option<string[]> _folders = new("--folder")
    {
        Description = "A folder that may be read, with all below it; may be given several times. Nothing else is read, and nothing is written.",
        HelpName = "FOLDER",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _images = new("--images") { Description = "Images of the modules that dumps do not hold.", HelpName = "FOLDER" };

    private readonly ToolHost _host;

    /// <summary>The command, ready to be invoked.</summary>
    public McpCommand(ToolHost host)
        : base("mcp", "Serves analyze, compare and the report of a store to an assistant, by the Model Context Protocol on standard input and output.")
    {
        _host = host;
        Add(_folders);
        Add(_images);
        _images.Validators.Add(ImagesOption.Check);
        SetAction(parsed => (int)Run(parsed.GetValue(_folders)!, parsed.GetValue(_images)));
    }

    private ExitCode Run(string[] folders, string? images)
    {
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw new InputException($"--folder {missing}: there is no such folder");
        if (_host.OpenOutput is not { } openOutput)
            throw new InputException("there is no standard output to answer on");
        var tools = new McpTools(_host, new AllowedFolders(folders), new InputChoice(InputFormat.Auto, images is null ? null : new ImageFolder(images)));
        using var server = new ToolServer(tools.All, FailureText.OfCall);
        server.RunAsync(_host.Input, openOutput()).GetAwaiter().GetResult();
        return ExitCode.Fine;
    }
}
