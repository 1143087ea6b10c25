using System.Text;
using KCallbacks.DbgEng;

namespace KCallbacks.EngineHost;

/// <summary>A client of the session that collects what the engine prints, in the one format the client wants.</summary>
internal sealed class OutputCapture : IDisposable
{
    private readonly DebugClient _client;
    private readonly StringBuilder _collected = new();

    public OutputCapture(DebugClient client, OutputFormat format)
    {
        _client = client;
        _client.SetOutputCallbacks(new OutputCallbacks(format, (_, text) => Collect(text)));
    }

    /// <summary>What came since the last call.</summary>
    public string Take()
    {
        _client.TryFlushCallbacks();
        lock (_collected)
        {
            string text = _collected.ToString();
            _collected.Clear();
            return text;
        }
    }

    public void Dispose() => _client.TrySetOutputCallbacks(null);

    /// <summary>What a client in another process causes comes on the engine's thread for that client.</summary>
    private void Collect(string text)
    {
        lock (_collected)
            _collected.Append(text);
    }
}
