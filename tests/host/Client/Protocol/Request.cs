using System.Text.Json.Serialization;

namespace KCallbacks.EngineHost.Client.Protocol;

/// <summary>One line on the host's standard input. The host answers each with one <see cref="Reply"/>, in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(OpenDump), "open")]
[JsonDerivedType(typeof(Attach), "attach")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
[JsonDerivedType(typeof(Listen), "listen")]
[JsonDerivedType(typeof(WriteDump), "dump")]
[JsonDerivedType(typeof(Analyze), "analyze")]
public abstract record Request;

/// <summary>Opens a dump file.</summary>
/// <param name="Path">Windows path.</param>
public sealed record OpenDump(string Path) : Request;

/// <summary>Attaches to a process. The process lives on when the host ends.</summary>
/// <param name="ProcessId">The operating system's process id.</param>
/// <param name="NonInvasive">Only suspends the threads, so that nothing runs in the process.</param>
public sealed record Attach(uint ProcessId, bool NonInvasive = false) : Request;

/// <summary>Starts a process under the debugger and stops at its initial breakpoint. It ends with the host.</summary>
/// <param name="CommandLine">Windows command line.</param>
public sealed record Create(string CommandLine) : Request;

/// <summary>Runs one command of the debugger. When the command lets the target run, waits until it stops again.</summary>
/// <param name="Command">As the user would type it.</param>
/// <param name="InterruptAfter">Milliseconds until Ctrl+Break; null for never.</param>
public sealed record Execute(string Command, int? InterruptAfter = null) : Request;

/// <summary>Ctrl+Break: what the session does, for whichever of its clients, is asked to stop.</summary>
public sealed record Interrupt : Request;

/// <summary>Waits for output of what other clients do.</summary>
/// <param name="Milliseconds">How long.</param>
public sealed record Listen(uint Milliseconds) : Request;

/// <summary>Has Microsoft's dbghelp write a minidump of another process.</summary>
/// <param name="ProcessId">The operating system's process id.</param>
/// <param name="Path">Windows path; an existing file is replaced.</param>
/// <param name="WithFullMemory">MiniDumpWithFullMemory instead of MiniDumpNormal.</param>
public sealed record WriteDump(uint ProcessId, string Path, bool WithFullMemory = false) : Request;

/// <summary>Calls an extension's part in <c>!analyze</c> (<c>_EFN_Analyze</c>) with an object that is made for it. The reply's text is what it called there.</summary>
/// <param name="Extension">Windows path of the extension.</param>
/// <param name="Phase">The phase, as the extension gets it.</param>
/// <param name="FailureCode">What is analysed.</param>
/// <param name="IsHang">Whether there is an entry that says that a hang is analysed.</param>
/// <param name="Lacks">What the object lacks.</param>
public sealed record Analyze(string Extension, uint Phase, uint FailureCode = 0, bool IsHang = false, AnalysisLack Lacks = AnalysisLack.Nothing) : Request;

/// <summary>What the object of an analysis lacks or refuses.</summary>
public enum AnalysisLack
{
    Nothing,

    /// <summary>The caller hands out no client.</summary>
    Client,

    /// <summary>The caller hands out no object.</summary>
    Object,

    /// <summary>The object does not have the interface.</summary>
    Interface,

    /// <summary>Asking for the list of tags fails.</summary>
    TagControl,

    /// <summary>Asking for it succeeds, and there is none.</summary>
    Tags,

    /// <summary>Definitions of tags fail.</summary>
    Definitions,

    /// <summary>Entries are refused.</summary>
    Entries,
}
