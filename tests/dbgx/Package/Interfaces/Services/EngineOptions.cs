namespace DbgX.Interfaces.Services;

/// <summary>How a session begins; null is the engine's own way.</summary>
public sealed class EngineOptions
{
    public string? SymPath { get; set; }

    public bool? SymOptIgnoreNtSympath { get; set; }

    public string? StartDirectory { get; set; }

    public bool? SecureMode { get; set; }

    public bool? Noninvasive { get; set; }
}
