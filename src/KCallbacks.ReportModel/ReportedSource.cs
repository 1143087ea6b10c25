using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>What wrote a report.</summary>
public sealed record ReportedTool
{
    /// <summary><c>kcallbacks</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; init; } = "";
}

/// <summary>What was read.</summary>
public sealed record ReportedSource
{
    /// <summary><c>text</c>, <c>recording</c>, <c>dump</c>, <c>engine</c> or <c>unknown</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The file; null for a live session.</summary>
    public string? Path { get; init; }

    /// <summary><c>x86</c>, <c>x64</c>, <c>arm32</c>, <c>arm64</c> or <c>unknown</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary><c>user</c> or <c>kernel</c>.</summary>
    public string Session { get; init; } = "";
}

/// <summary>What a dump says of itself; null is what it does not tell.</summary>
public sealed record ReportedCapture
{
    /// <summary>The program's path.</summary>
    public string? Program { get; init; }

    /// <summary>How it was started.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The operating system's process id.</summary>
    public long? ProcessId { get; init; }

    /// <summary>The name of the machine.</summary>
    public string? Machine { get; init; }

    /// <summary>When the process was started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the dump was made.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>The version of Windows, for example <c>10.0.19041</c>.</summary>
    public string? Windows { get; init; }

    /// <summary>The exception for which it was made.</summary>
    public ReportedException? Exception { get; init; }

    /// <summary><c>full</c>, <c>partial</c> or <c>stacks</c>.</summary>
    public string Memory { get; init; } = "";

    /// <summary>What the dump lacks, a phrase each.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>The modules.</summary>
    public IReadOnlyList<ReportedModule> Modules { get; init; } = [];
}

/// <summary>The exception for which a dump was made.</summary>
public sealed record ReportedException
{
    /// <summary>Its code, as it is printed.</summary>
    public string Code { get; init; } = "";

    /// <summary>Where it happened.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Address { get; init; }

    /// <summary>System id of the thread.</summary>
    public long SystemId { get; init; }
}

/// <summary>A module, as a store of symbols or images is asked for it.</summary>
public sealed record ReportedModule
{
    /// <summary>Its file's name or path.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it lies.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong Base { get; init; }

    /// <summary>Bytes of its image.</summary>
    public long Size { get; init; }

    /// <summary>As its header has it, hexadecimal.</summary>
    public string TimeDateStamp { get; init; } = "";

    /// <summary>The file's version.</summary>
    public string? Version { get; init; }

    /// <summary>Name of its symbol file.</summary>
    public string? Pdb { get; init; }

    /// <summary>The symbol file's signature and age.</summary>
    public string? PdbId { get; init; }
}
