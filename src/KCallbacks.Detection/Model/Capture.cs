using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What a capture says of itself: of which program it is, when and where it was made, and what it holds. Null and empty where it does not tell.</summary>
public sealed record Capture
{
    /// <summary>File name of the program.</summary>
    public string? Program { get; init; }

    /// <summary>Its whole command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The process id.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>The name of the computer it ran on.</summary>
    public string? Machine { get; init; }

    /// <summary>When the process was started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the capture was made.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>The Windows it ran on: major, minor and build number.</summary>
    public string? Windows { get; init; }

    /// <summary>The exception that it was made for.</summary>
    public CapturedException? Exception { get; init; }

    /// <summary>How much memory it holds: <c>full</c>, <c>partial</c> (more than stacks) or <c>stacks</c>; null when not known.</summary>
    public string? Memory { get; init; }

    /// <summary>What it lacks that answers here are made of, one phrase each.</summary>
    public ImmutableArray<string> Lacks { get; init; } = [];

    /// <summary>Its modules.</summary>
    public ImmutableArray<CapturedModule> Modules { get; init; } = [];
}

/// <summary>An exception for which a capture was made.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Address">Where it was raised.</param>
/// <param name="SystemId">In which thread.</param>
public sealed record CapturedException(uint Code, ulong Address, uint SystemId);

/// <summary>A module as a capture lists it, with all by which its file and symbols are found again.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Base">Load address.</param>
/// <param name="Size">Bytes of the image.</param>
/// <param name="TimeDateStamp">Of its header; with the size its key in a store of images.</param>
/// <param name="Version">Its file version; null when it has none.</param>
/// <param name="Pdb">Name of its symbol file; null when not known.</param>
/// <param name="PdbId">GUID and age of its symbol file as a store of symbols writes them; null when not known.</param>
public sealed record CapturedModule(string Name, ulong Base, uint Size, uint TimeDateStamp, string? Version, string? Pdb, string? PdbId);
