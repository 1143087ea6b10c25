using System.Text;
using System.Text.Json;
using KCallbacks.DbgEng;
using KCallbacks.EngineHost;
using KCallbacks.EngineHost.Client.Protocol;

// The argument, if any, names a server whose session is joined. Requests come as lines of JSON and are answered in order; the end of the input ends the session.
using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
string library = Path.Combine(AppContext.BaseDirectory, "dbgeng.dll");
using EngineSession session = args is [string connection]
    ? new EngineSession(DebugEngine.Connect(library, connection), SessionEnd.Disconnect)
    : new EngineSession(DebugEngine.Create(library), SessionEnd.Detach);
while (input.ReadLine() is string line)
{
    Request request = JsonSerializer.Deserialize(line, ProtocolJson.Default.Request)
        ?? throw new InvalidDataException("A request is empty.");
    output.WriteLine(JsonSerializer.Serialize(session.Answer(request), ProtocolJson.Default.Reply));
}
