using System.Text;
using KCallbacks.Tool;

using Stream input = Console.OpenStandardInput();
// Not disposed: what the tool wrote it has flushed, and where that failed it would fail again.
var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
bool writesColours = !Console.IsOutputRedirected
    && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
    && Environment.GetEnvironmentVariable("TERM") != "dumb"
    && (!OperatingSystem.IsWindows() || WindowsConsole.TryShowColours());
int? width = Console.IsOutputRedirected ? null : OperatingSystem.IsLinux() ? UnixTerminal.Width : Console.WindowWidth;
return (int)new ToolHost(input, output, Console.Error, TimeProvider.System, width) { OpenOutput = Console.OpenStandardOutput, ReadsTerminal = !Console.IsInputRedirected, WritesColours = writesColours }.Run(args);
