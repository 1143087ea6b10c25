using System.Diagnostics;
using System.Text;

namespace KCallbacks.EngineHost.Client.Platform;

/// <summary>Standard streams of the programs started here.</summary>
internal static class ProcessStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static ProcessStartInfo WithRedirectedStreams(this ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardInputEncoding = Utf8;
        start.StandardOutputEncoding = Utf8;
        return start;
    }
}
