using System.Text;
using System.Text.Json;
using KCallbacks.EngineHost;
using KCallbacks.EngineHost.Client.Protocol;

// Requests come as lines of JSON and are answered in order; the end of the input ends the session.
using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
using var session = new EngineSession(Path.Combine(AppContext.BaseDirectory, "dbgeng.dll"));
while (input.ReadLine() is string line)
{
    Request request = JsonSerializer.Deserialize(line, ProtocolJson.Default.Request)
        ?? throw new InvalidDataException("A request is empty.");
    output.WriteLine(JsonSerializer.Serialize(session.Answer(request), ProtocolJson.Default.Reply));
}
