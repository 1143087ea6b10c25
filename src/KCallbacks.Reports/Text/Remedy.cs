using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Text;

/// <summary>What helps where threads could not be judged, or not surely: what is missing of them is a name or memory.</summary>
internal static class Remedy
{
    /// <summary>One sentence.</summary>
    public static string Of(ReportSource source) => source.Kind switch
    {
        SourceKind.Engine when source.Session == SessionKind.Kernel => "Clearer with: a dump that holds user pages (active or complete memory dump), symbols of nt (.symfix; .reload /f nt).",
        SourceKind.Engine => "Clearer with: .symfix; .reload /f ntdll.dll    and a dump with all stacks: .dump /ma",
        SourceKind.Dump => "Clearer with: !kcallbacks in the debugger, with symbols; a dump with all stacks (.dump /ma).",
        _ when source.Session == SessionKind.Kernel =>
            "Clearer with: the user half with its names (.process /p /r PROCESS; .reload /user; !thread THREAD 17), or !kcallbacks there.",
        _ => "Clearer with: whole stacks with symbols (.reload /f ntdll.dll; ~*kn), or !kcallbacks -record.",
    };
}
