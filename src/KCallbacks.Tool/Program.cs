using System.Text;
using KCallbacks.Tool;

using Stream input = Console.OpenStandardInput();
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
return (int)new ToolHost(input, output, Console.Error, TimeProvider.System).Run(args);
